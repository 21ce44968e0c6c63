package io.campaignlauncher.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One job in a little world that answers its requests with random successes, failures, lies and silence. Messages come
 * late, twice or never, timers are lost, workers die and wake up; in the end the world turns kind. After every command the
 * rules that hold of any history are checked.
 */
final class World {

    private static final int STEPS_MAX = 20_000;
    private static final Duration QUIET_MAX = Duration.ofMinutes(10);

    private final WorldSetting setting;
    private final WorldTime time;
    private final WorldFacebook facebook;
    private final WorldCreator creator;
    private final WorldVerifier verifier;
    private final WorldRollback rollback;
    private final WorldRules rules;
    private final Map<String, Instant> lastOnTopic = new HashMap<>();
    private final List<JobCommand> delivered = new ArrayList<>();
    private JobState state = Job.initialState();
    private Instant lastEventAt = Samples.T0;

    World(WorldSetting setting) {
        this.setting = setting;
        var plan = LaunchPlan.of(setting.request());
        time = new WorldTime(setting);
        facebook = new WorldFacebook(time, Samples.POLICY.readLag());
        creator = new WorldCreator(time, facebook, plan,
                report -> report("creation.events", new JobCommand.RecordCreation(report)));
        verifier = new WorldVerifier(time, facebook, plan, setting.media());
        rollback = new WorldRollback(time, facebook, report -> report("rollback.events", report));
        rules = new WorldRules(facebook);
    }

    /** Lets the job run to its end and everything that was under way arrive; then judges what is left. */
    World run() {
        deliver("campaign.commands", new JobCommand.AcceptJob(Samples.JOB, setting.request(), "f1", false,
                PriorAcceptance.NONE, List.of(), setting.media()));
        if (setting.cancelled() != WorldSetting.NEVER) {
            var cancel = new JobCommand.CancelJob("u-9", "no longer wanted");
            time.after(Duration.ofMillis(setting.cancelled()), () -> put(cancel));
            time.after(Duration.ofMillis(setting.cancelled()).plus(time.upTo(QUIET_MAX)), () -> put(cancel));
        }
        WorldStart.move(setting, time, this::put);
        time.after(QUIET_MAX, this::watch);
        while (time.step()) {
            assertThat(time.steps()).as("steps to the end of the job, which is now %s", state).isLessThan(STEPS_MAX);
        }
        rules.atTheEnd(state);
        return this;
    }

    JobState state() {
        return state;
    }

    List<JobEvent> history() {
        return rules.history();
    }

    private void watch() {
        if (state.phase().settled()) {
            return;
        }
        if (!time.now().isBefore(lastEventAt.plus(QUIET_MAX))) {
            put(new JobCommand.ResumeStalled(lastEventAt));
        }
        time.after(Duration.ofMinutes(1), this::watch);
    }

    /** A report, which may be given up on its way: because it cannot be read, or while its job cannot be decided. */
    private void report(String topic, JobCommand command) {
        if (!time.wrong(0.3)) {
            deliver(topic, command);
        }
    }

    /** Records of one topic arrive in order; any of them may arrive again much later. */
    private void deliver(String topic, JobCommand command) {
        var arrival = time.now().plus(time.upTo(Duration.ofMillis(time.wrong(1) ? 20_000 : 200)));
        var last = lastOnTopic.getOrDefault(topic, Samples.T0);
        var at = arrival.isBefore(last) ? last : arrival;
        lastOnTopic.put(topic, at);
        time.at(at, () -> put(command));
        if (time.wrong(1)) {
            time.at(at.plus(time.upTo(Duration.ofMinutes(4))), () -> putAgain(command));
        }
    }

    /** A fact told again changes nothing, unless it names an entity that came too late for its slot when it was told first. */
    private void putAgain(JobCommand command) {
        if (delivered.contains(command)) {
            var recorded = rules.history().size();
            var known = rules.entitiesEverRecorded();
            put(command);
            assertThat(rules.history().subList(recorded, rules.history().size())).as("%s again", command)
                    .allMatch(event -> event instanceof JobEvent.SlotsCreated created
                            && created.slots().stream().noneMatch(slot -> known.contains(slot.facebookId())));
        }
    }

    private void put(JobCommand command) {
        var context = new DecisionContext(Samples.JOB, time.now(), Samples.POLICY);
        var decision = Job.decide(state, command, context);
        if (decision instanceof Decision.Accepted(var events)) {
            delivered.add(command);
            for (var event : events) {
                rules.before(event, state, time.now());
                state = Job.evolve(state, event);
                rules.after(event, state);
                react(event);
            }
            if (!events.isEmpty()) {
                lastEventAt = time.now();
            }
            // A second ResumeStalled asks once more: nothing in it says which silence it is about.
            if (!(command instanceof JobCommand.ResumeStalled)) {
                assertThat(Job.decide(state, command, context)).as("%s again", command).isEqualTo(Decision.accept());
            }
        } else {
            assertThat(command).isInstanceOfAny(JobCommand.DecideRollback.class, JobCommand.CancelJob.class,
                    JobCommand.RescheduleLaunch.class);
        }
        rules.remember(state);
    }

    /** A request reaches its service some time later, twice, or never. */
    private void request(Runnable service) {
        if (time.wrong(0.3)) {
            return;
        }
        time.after(time.upTo(Duration.ofMillis(time.wrong(0.5) ? 30_000 : 300)), service);
        if (time.wrong(1)) {
            time.after(time.upTo(Duration.ofSeconds(60)), service);
        }
    }

    /** The same for one that may turn out to be too much for Kafka; it may have been published before that all the same. */
    private void request(Awaited asked, int number, Runnable service) {
        if (!time.wrong(0.2)) {
            request(service);
            return;
        }
        if (time.coin()) {
            request(service);
        }
        time.after(time.upTo(Duration.ofSeconds(5)),
                () -> put(new JobCommand.GiveUpRequest(asked, number, "too large")));
    }

    private void react(JobEvent event) {
        var known = known();
        switch (event) {
            case JobEvent.PreVerificationRequested e ->
                request(Awaited.PRE_VERIFICATION, e.attempt(), () -> report("verification.events",
                        new JobCommand.RecordPreVerification(verifier.check(e.attempt()))));
            case JobEvent.CreationRequested e ->
                request(Awaited.CREATION, e.round(), () -> creator.deliver(e.round(), e.readFirst(), e.slots(), known));
            case JobEvent.VerificationRequested e ->
                request(Awaited.VERIFICATION, e.attempt(), () -> verifier.verify(e.attempt(), e.conclusiveFrom(), known,
                        report -> report("verification.events", new JobCommand.RecordVerification(report))));
            case JobEvent.DeletionRequested e -> {
                var entities = everKnown();
                request(() -> rollback.run(e.pass(), e.reason(), e.surplus(), entities));
            }
            case JobEvent.RollbackProposed _ -> ask();
            case JobEvent.JobCancelled _ -> request(creator::stop);
            case JobEvent.Waiting e -> timer(e.waitNumber(), e.until());
            case JobEvent.JobAccepted _,JobEvent.Progress _,JobEvent.Ending _ -> {
            }
        }
    }

    private void ask() {
        var answer = new JobCommand.DecideRollback(time.coin(), "u-9", "because");
        time.after(time.upTo(Duration.ofMinutes(30)), () -> put(answer));
        time.after(time.upTo(Duration.ofMinutes(60)), () -> put(answer));
    }

    private void timer(int waitNumber, Instant at) {
        if (!time.wrong(0.2)) {
            time.at(at.plus(time.upTo(Duration.ofMillis(500))).minusMillis(time.wrong(0.5) ? 1500 : 0),
                    () -> put(new JobCommand.EndWait(waitNumber)));
        }
        if (time.wrong(0.5)) {
            time.at(at.plus(time.upTo(Duration.ofSeconds(20))), () -> put(new JobCommand.EndWait(waitNumber)));
        }
    }

    private List<FoundEntity> everKnown() {
        var all = new ArrayList<>(state.unconfirmed());
        state.slotsWhere(slot -> slot.facebookId() != null).forEach(
                id -> all.add(new FoundEntity(id, state.slot(id).facebookId(), id.toString())));
        return all;
    }

    private Map<SlotId, String> known() {
        var known = new HashMap<SlotId, String>();
        if (state.phase() != Phase.ABSENT) {
            state.slotsWhere(Slot::filled).forEach(id -> known.put(id, state.slot(id).facebookId()));
        }
        return known;
    }
}
