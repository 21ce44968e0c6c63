package io.campaignlauncher.posting.model;

import io.campaignlauncher.posting.model.LookFinding.Absent;
import io.campaignlauncher.posting.model.LookFinding.Counted;
import io.campaignlauncher.posting.model.LookFinding.Found;
import io.campaignlauncher.posting.model.LookFinding.Hit;
import io.campaignlauncher.posting.model.LookFinding.Hole;
import io.campaignlauncher.posting.model.LookFinding.Inconclusive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a job's posts in a channel, one question after another: is a message there that must be, then id after id above the
 * mark, then the message again that must be there. What does not show counts only between two such controls, because "not found" is also
 * what Telegram answers when it cannot read at all (telegram-bot-api, {@code Client.cpp}, {@code check_message}).
 *
 * <p>Asked and told by one thread at a time.
 */
public final class Look {

    /** Ids of one look. A channel that has more above the mark is for a person. */
    static final int IDS_MAX = 1_000;

    private final LookPlan plan;
    private final List<Hit> hits = new ArrayList<>();
    private final TreeSet<Integer> existing = new TreeSet<>();
    private final TreeSet<Integer> goneControls = new TreeSet<>();
    private final TreeSet<Integer> missing = new TreeSet<>();
    private int controlIndex;
    private int id;
    private int asked;
    private boolean metOthers;
    private Phase phase = Phase.CONTROL;
    private @Nullable LookFinding finding;

    private enum Phase {
        CONTROL, PROBE, READ, CONTROL_AGAIN, ENDED
    }

    /** What is to be asked of Telegram next. */
    public sealed interface Question {

        record Probe(int messageId) implements Question {}

        record Read(int messageId) implements Question {}
    }

    public Look(LookPlan plan) {
        this.plan = plan;
        this.id = plan.mark();
        if (plan.controls().isEmpty()) {
            end(new Inconclusive("no message of the channel is known that must be there"));
        }
    }

    /** Empty once there is a finding. */
    public Optional<Question> next() {
        return switch (phase) {
            case CONTROL, CONTROL_AGAIN -> Optional.of(new Question.Probe(plan.controls().get(controlIndex)));
            case PROBE -> Optional.of(new Question.Probe(id));
            case READ -> Optional.of(new Question.Read(id));
            case ENDED -> Optional.empty();
        };
    }

    /** Of the probe that was asked for. */
    public void answered(ProbeAnswer answer) {
        if (answer instanceof ProbeAnswer.Unanswered(var reason)) {
            end(new Inconclusive("the probe of " + questioned() + " failed: " + reason));
            return;
        }
        switch (phase) {
            case CONTROL -> control(answer);
            case CONTROL_AGAIN -> controlAgain(answer);
            case PROBE -> probed(answer);
            case READ, ENDED -> throw new IllegalStateException("no probe was asked for");
        }
    }

    /** Of the read that was asked for. */
    public void answered(ReadAnswer answer) {
        if (phase != Phase.READ) {
            throw new IllegalStateException("no read was asked for");
        }
        switch (answer) {
            case ReadAnswer.Content(var content) when content.carries(plan.markerUrl()) ->
                hit(new Hit(id, content.hash()));
            case ReadAnswer.Content _ -> exists();
            case ReadAnswer.Gone _ -> misses();
            case ReadAnswer.Unreadable(var reason) ->
                end(new Inconclusive("a post of the bot's, " + id + ", cannot be read: " + reason));
        }
    }

    public LookFinding finding() {
        if (finding == null) {
            throw new IllegalStateException("the look is not over");
        }
        return finding;
    }

    /**
     * Whether what it has not found depends on the bot's rights: to one that may not post any more, its own posts look like somebody
     * else's.
     */
    public boolean dependsOnRights() {
        return metOthers && !(finding() instanceof Found) && !(finding() instanceof Inconclusive);
    }

    /** The bot has not the rights that it depends on, or nobody knows. */
    public void doubted(String reason) {
        end(new Inconclusive("the bot's own posts cannot be told from others': " + reason));
    }

    /** Messages that were there. */
    public List<Integer> existing() {
        return List.copyOf(existing);
    }

    /** Controls that were not there while a later one was. */
    public List<Integer> goneControls() {
        return existing.isEmpty() ? List.of() : List.copyOf(goneControls);
    }

    private int questioned() {
        return phase == Phase.CONTROL || phase == Phase.CONTROL_AGAIN ? plan.controls().get(controlIndex) : id;
    }

    private void control(ProbeAnswer answer) {
        if (answer instanceof ProbeAnswer.Nothing) {
            goneControls.add(questioned());
            if (++controlIndex == plan.controls().size()) {
                end(new Inconclusive("none of the messages shows that must be there: " + plan.controls()));
            }
            return;
        }
        existing.add(questioned());
        advance();
    }

    private void controlAgain(ProbeAnswer answer) {
        if (answer instanceof ProbeAnswer.Nothing) {
            end(new Inconclusive("message " + questioned() + " does not show any more, which did a moment ago"));
        } else if (plan.all()) {
            end(new Counted(hits));
        } else {
            var holes = holes();
            end(holes.isEmpty() ? new Absent() : new Hole(holes));
        }
    }

    private void probed(ProbeAnswer answer) {
        switch (answer) {
            case ProbeAnswer.Nothing _ -> misses();
            case ProbeAnswer.SomebodyElses _ -> {
                metOthers = true;
                exists();
            }
            case ProbeAnswer.Ours _ when plan.reads() -> phase = Phase.READ;
            case ProbeAnswer.Ours _ -> hit(new Hit(id, null));
            case ProbeAnswer.Unanswered _ -> throw new IllegalStateException("told before");
        }
    }

    private void exists() {
        existing.add(id);
        advance();
    }

    private void misses() {
        missing.add(id);
        advance();
    }

    private void hit(Hit hit) {
        existing.add(id);
        hits.add(hit);
        if (plan.all()) {
            advance();
        } else {
            end(new Found(hit));
        }
    }

    /** To the next id that is to be asked for, or to the control at the end. */
    private void advance() {
        do {
            id++;
        } while (plan.others().contains(id) && !atEnd());
        if (atEnd()) {
            phase = Phase.CONTROL_AGAIN;
        } else if (++asked > IDS_MAX) {
            end(new Inconclusive("more than " + IDS_MAX + " ids above " + plan.mark()));
        } else {
            phase = Phase.PROBE;
        }
    }

    private boolean atEnd() {
        if (plan.last() != null) {
            return id > plan.last();
        }
        var end = id - 1;
        return end >= top() + plan.gap();
    }

    /** The highest id that was given away, for all that is known now. */
    private int top() {
        var others = plan.others().stream().mapToInt(one -> one).max().orElse(0);
        var seen = existing.isEmpty() ? 0 : existing.last();
        return Math.max(Math.max(plan.mark(), plan.knownTop()), Math.max(others, seen));
    }

    /** With a last id to ask for, the one above it was given away. */
    private List<Integer> holes() {
        return plan.last() != null ? List.copyOf(missing) : List.copyOf(missing.headSet(top()));
    }

    private void end(LookFinding what) {
        finding = what;
        phase = Phase.ENDED;
    }
}
