// Flattening answers: every tree is written depth first, each list after its length.
#include "core/seam/reply.hpp"

#include "core/seam/seam.hpp"

namespace fabula {
namespace {

void write(Reply& out, const std::vector<StepTaken>& steps);

void write(Reply& out, const Reason& reason) {
    out.words.push_back(static_cast<std::int64_t>(reason.who));
    out.numbers.push_back(reason.before);
    out.numbers.push_back(reason.after);
    write(out, reason.steps);
}

void write(Reply& out, const std::vector<StepTaken>& steps) {
    out.words.push_back(static_cast<std::int64_t>(steps.size()));
    for (const auto& step : steps) {
        out.words.push_back(static_cast<std::int64_t>(step.act));
        out.words.push_back(static_cast<std::int64_t>(step.reasons.size()));
        for (const auto& reason : step.reasons) write(out, reason);
    }
}

void write(Reply& out, const Barred& barred) {
    out.words.push_back(static_cast<std::int64_t>(barred.plan.size()));
    for (const auto act : barred.plan) out.words.push_back(static_cast<std::int64_t>(act));
    out.words.push_back(static_cast<std::int64_t>(barred.act));
    out.words.push_back(static_cast<std::int64_t>(barred.by.size()));
    for (const auto who : barred.by) out.words.push_back(static_cast<std::int64_t>(who));
}

void write(Reply& out, const Story& story) {
    out.numbers.push_back(story.worth);
    write(out, story.steps);
}

}  // namespace

Reply begun(const std::optional<Mistake>& broke) { return reply(broke.value_or(Mistake(Fault::none))); }

Reply reply(const Answer& answer, const std::optional<Mistake>& broke) {
    auto out = begun(broke);
    out.words.insert(
        out.words.end(),
        {static_cast<std::int64_t>(answer.status), static_cast<std::int64_t>(answer.stop), answer.in_reach,
         static_cast<std::int64_t>(answer.visited), static_cast<std::int64_t>(answer.generated),
         static_cast<std::int64_t>(answer.bodies), static_cast<std::int64_t>(answer.peak),
         static_cast<std::int64_t>(answer.stories.size())});
    out.numbers = {answer.seconds};
    for (const auto& story : answer.stories) write(out, story);
    return out;
}

Reply reply(const Story& story) {
    Reply out;
    write(out, story);
    return out;
}

Reply reply(const Examined& examined, const std::optional<Mistake>& broke) {
    auto out = begun(broke);
    out.words.insert(out.words.end(), {static_cast<std::int64_t>(examined.stop),
                                       static_cast<std::int64_t>(examined.flaw), examined.at, examined.cut});
    out.numbers = {examined.seconds, examined.before, examined.after, examined.goal};
    out.words.push_back(static_cast<std::int64_t>(examined.whose.size()));
    for (const auto who : examined.whose) out.words.push_back(static_cast<std::int64_t>(who));
    out.words.push_back(static_cast<std::int64_t>(examined.part.size()));
    for (const auto act : examined.part) out.words.push_back(static_cast<std::int64_t>(act));
    write(out, examined.story);
    return out;
}

Reply reply(const Moment& moment, const std::optional<Mistake>& broke) {
    auto out = begun(broke);
    out.words.insert(out.words.end(),
                     {static_cast<std::int64_t>(moment.stop), static_cast<std::int64_t>(moment.acts.size())});
    for (const auto& all : moment.acts) {
        out.words.push_back(static_cast<std::int64_t>(all.size()));
        for (const auto& one : all) {
            out.words.push_back(static_cast<std::int64_t>(one.who));
            out.words.push_back(one.cut);
            out.words.push_back(one.reason.has_value());
            out.numbers.push_back(one.before);
            out.numbers.push_back(one.after);
            if (one.reason) write(out, *one.reason);
            if (!one.reason) write(out, one.barred.value_or(Barred{}));
        }
    }
    return out;
}

Reply reply(const Mistake& mistake) {
    return {{seam_version, static_cast<std::int64_t>(mistake.fault),
             static_cast<std::int64_t>(mistake.culprit), mistake.which, mistake.fluent},
            {}};
}

}  // namespace fabula
