"""Story and Spin to Telling: order, viewpoint, pace, feeling and prose."""

from fabula.tell.bank.bank import Bank, Missing, missing
from fabula.tell.bank.read import read_bank
from fabula.tell.compose import tell
from fabula.tell.spin import load_spin
from fabula.tell.telling import Spin, Telling

__all__ = ["Bank", "Missing", "Spin", "Telling", "load_spin", "missing", "read_bank", "tell"]
