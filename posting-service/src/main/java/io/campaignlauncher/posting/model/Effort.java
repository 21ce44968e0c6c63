package io.campaignlauncher.posting.model;

import io.campaignlauncher.posting.model.PostState.LookEffort;
import io.campaignlauncher.posting.model.PostState.Question;
import io.campaignlauncher.posting.model.PostState.Question.Subject;
import java.time.Duration;
import java.time.Instant;

/** How often something is asked again that could not be found out, and after how long. */
final class Effort {

    /** In vain in a row, once an answer would count; then a person is asked. */
    static final int IN_VAIN_MAX = 6;

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration MAX = Duration.ofHours(1);

    private Effort() {}

    /** Again after a pause that grows. */
    static PostState inVain(PostState state, Instant now) {
        var effort = state.effort();
        var pause = FIRST.multipliedBy(1L << Math.min(effort.inVain(), 10));
        return state.effort(new LookEffort(effort.inVain() + 1, true, effort.absentByClaim()),
                now.plus(pause.compareTo(MAX) < 0 ? pause : MAX));
    }

    /** The same; and where it was often in vain, a person is asked. */
    static PostState inVainOrAsking(PostState state, Instant now, Subject subject,
            String question) {
        var next = inVain(state, now);
        return next.effort().inVain() >= IN_VAIN_MAX ? next.asking(new Question(subject, question)) : next;
    }
}
