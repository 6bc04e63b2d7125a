"""Random worlds as texts: what nothing sets, wrong beliefs, broken minds and every form of expression are common in them."""

from __future__ import annotations

from random import Random

CAST = """
type place; type ghost; entity Hall : place; entity Yard : place; entity Ann : character; entity Bob : character;
property open() : boolean; property lit() : boolean; property shut() : boolean; property dark(p : place) : boolean;
property n() : number; property m() : number; property k() : number; property l() : number; property w(c : character) : number;
property at(c : character) : place; property home(c : character) : place; property friend(c : character) : character;
"""
TRUTHS = ("open", "lit", "shut", "dark")
COMPARATORS = ("==", "!=", "<", ">", "<=", ">=")


def random_world(seed: int) -> str:
    """Write a world with two to four acts and maybe a trigger; some properties are set by none of them."""
    return _Author(Random(seed)).world()


class _Author:
    """Writes expressions at random, of at most some depth; `people` and `places` are the variables in scope."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._people: list[str] = []
        self._places: list[str] = []
        self._variables = 0
        often = [word for word in ("open()", "lit()", "n()", "m()") if chance.random() < 0.8]
        seldom = [word for word in ("shut()", "k()", "l()", "w(Ann)") if chance.random() < 0.12]
        self._set = [*often, *seldom, "at(Ann)", "at(Bob)"]
        self._set += [word for word in ("home(Ann)", "friend(Bob)", "dark(Hall)") if chance.random() < 0.12]

    def world(self) -> str:
        parts = [f"{word} = {self._pick(('1', '2'))}" for word in ("k()", "l()", "w(Ann)", "w(Bob)")]
        parts += [self._fact() for _ in range(self._chance.randint(4, 9))]
        for _ in range(self._chance.randint(0, 4)):
            one, other = self._chance.sample(("Ann", "Bob"), 2)
            path = self._pick((f"believes({one}, ", f"believes({one}, believes({other}, "))
            parts.append(path + self._fact() + ")" * path.count("("))
        parts += [self._action(number) for number in range(self._chance.randint(2, 4))]
        if self._chance.random() < 0.3:
            rule = f"precondition: n() == 0 & {self._condition(1)}; effect: n() = 1 & {self._effect(1)};"
            parts.append(f"trigger rule() {{ {rule} }}")
        for who in ("", "Ann", "Bob"):
            wishes = (f"(if({self._wish()}) 1 else 0)" for _ in range(self._chance.randint(1, 3)))
            parts.append(f"utility({who}): {' + '.join(wishes)}")
        return CAST + ";\n".join(parts)

    def _action(self, number: int) -> str:
        taken = self._chance.random() < 0.3
        self._people = ["c"] if taken else []
        ways = [self._condition(self._chance.randint(0, 2)) for _ in range(self._chance.randint(0, 2))]
        precondition = self._pick((" & ", " | ")).join(ways) or "True"
        effect = self._effect(2)
        whose = self._pick(("", "", "Ann", "Bob", "c" if taken else ""))
        self._people.append("o")
        seen = self._pick(("True", "True", "o == Ann", self._condition(1)))
        self._people = []
        signature = "c : character" if taken else ""
        parts = f"precondition: {precondition}; effect: {effect}; consenting: {whose}; observing(o : character): {seen};"
        return f"action act{number}({signature}) {{ {parts} }}"

    def _pick(self, words: tuple[str, ...] | list[str]) -> str:
        return self._chance.choice(words)

    def _who(self) -> str:
        return self._pick(["Ann", "Bob", *2 * self._people])

    def _where(self) -> str:
        return self._pick(["Hall", "Yard", *2 * self._places])

    def _truth(self) -> str:
        return self._pick(("open()", "lit()", "open()", "lit()", "shut()", f"dark({self._where()})"))

    def _number(self, depth: int) -> str:
        plain = self._pick(("n()", "m()", "k()", "l()", "n()", "k()", f"w({self._who()})"))
        if depth <= 0 or self._chance.random() < 0.5:
            return plain
        less = depth - 1
        forms = (
            self._pick(("0", "1", "2", "3")),
            f"({self._number(less)} {self._pick(('+', '-', '*'))} {self._number(0)})",
            f"(2 / {self._pick((plain, 'k()'))})",
            f"(sum(v : {self._pick(('character', 'ghost'))}) {plain})",
            "(sum(v : character) w(v))",
            f"(if({self._condition(less)}) {self._number(less)} else {self._number(less)})",
            f"believes({self._who()}, {self._number(less)})",
        )
        return self._chance.choice(forms)

    def _thing(self, depth: int, kind: str) -> str:
        if kind == "friend":
            plain, fixed = f"friend({self._who()})", self._who()
        else:
            plain, fixed = f"{self._pick(('at', 'home'))}({self._who()})", self._where()
        if depth <= 0 or self._chance.random() < 0.6:
            return plain
        less = depth - 1
        choice = f"(if({self._condition(less)}) {self._thing(less, kind)} else {self._thing(less, kind)})"
        return self._pick((fixed, choice, f"believes({self._who()}, {self._thing(less, kind)})"))

    def _condition(self, depth: int) -> str:
        less = depth - 1
        kind = self._pick(("place", "place", "friend"))
        things = self._thing(depth, kind), self._thing(depth, kind)
        forms = [
            self._pick(("", "!")) + self._truth(),
            f"({self._number(depth)} {self._pick(COMPARATORS)} {self._number(depth)})",
            f"({things[0]} {self._pick(('==', '==', '!='))} {things[1]})",
        ]
        if depth > 0:
            forms += (
                f"({self._pick((self._number(1), things[0]))} {self._pick(('==', '!='))} ?)",
                f"({things[0]} : {kind if kind == 'place' else 'character'})",
                f"({self._truth()} {self._pick(('==', '!='))} believes({self._who()}, {self._truth()}))",
                *(f"believes({self._who()}, {self._condition(less)})" for _ in range(3)),
                f"(!{self._condition(less)})",
                *(f"({self._condition(less)} {mark} {self._condition(less)})" for mark in "&|"),
                self._quantified(less),
                f"(if({self._condition(less)}) {self._condition(less)} else {self._condition(less)})",
            )
        return self._pick(forms)

    def _quantified(self, depth: int) -> str:
        self._variables += 1
        name, kind = f"v{self._variables}", self._pick(("place", "character", "ghost"))
        scope = {"place": self._places, "character": self._people, "ghost": []}[kind]
        scope.append(name)
        body = self._condition(depth)
        scope.remove(name)
        return f"({self._pick(('forall', 'exists'))}({name} : {kind}) {body})"

    def _effect(self, depth: int) -> str:
        target = self._pick(self._set)
        if target.startswith(TRUTHS):
            plain = self._pick(("", "!")) + target
        elif target.startswith(("at", "home", "friend")):
            kind = "friend" if target.startswith("friend") else "place"
            plain = f"{target} = {self._pick((self._thing(1, kind), self._thing(0, kind), '?'))}"
        else:
            plain = f"{target} = {self._pick((self._number(1), '1', '2', '?'))}"
        if depth <= 0 or self._chance.random() < 0.5:
            return plain
        less, thought = depth - 1, f"believes({self._who()}, {self._condition(0)})"
        test = self._pick((self._condition(1), thought))
        forms = (
            f"believes({self._who()}, {self._effect(less)})",
            f"(if({test}) {self._effect(less)})",
            f"(if({test}) {self._effect(less)} else {self._effect(less)})",
            f"(forall(v : character) believes(v, {self._effect(0)}))",
            *(
                f"believes({self._who()}, n() = 1 & if({test}) n() = 2)"
                for test in ("open()", "!lit()", "m() != 1")
            ),
            f"({self._effect(less)} & {self._effect(less)})",
        )
        return self._chance.choice(forms)

    def _wish(self) -> str:
        """Write a condition, mostly on what some act may bring about."""
        target = self._pick(self._set)
        if target.startswith(TRUTHS):
            plain = self._pick(("", "", "!")) + target
        elif target.startswith("friend"):
            plain = f"{target} == {self._who()}"
        elif target.startswith(("at", "home")):
            plain = f"{target} == {self._where()}"
        else:
            plain = f"{target} == {self._pick(('1', '2'))}"
        return self._pick((plain, plain, f"believes({self._who()}, {plain})", self._condition(1)))

    def _fact(self) -> str:
        forms = (
            self._pick(("open()", "lit()", "shut()", "dark(Hall)", "dark(Yard)")),
            f"{self._pick(('n()', 'm()', 'k()', 'l()', 'k()', 'l()'))} = {self._pick(('1', '2', '3'))}",
            f"w({self._who()}) = {self._pick(('1', '2'))}",
            f"{self._pick(('at', 'home'))}({self._who()}) = {self._where()}",
            f"friend({self._who()}) = {self._who()}",
        )
        return self._chance.choice(forms)
