package io.campaignlauncher.simulation.engine;

import io.campaignlauncher.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The topics that are read by consumer groups. A partition keeps its order; partitions overtake each other. Records are never
 * lost; a group reads on from its last commit when a partition moves, so that some come again.
 */
public final class Partitions {

    static final int OF_EACH_TOPIC = 2;
    private static final Duration DELIVERY = Duration.ofMillis(30);
    private static final Duration DELIVERY_LATE = Duration.ofSeconds(20);
    private static final Duration REBALANCE = Duration.ofSeconds(6);

    private final Surroundings surroundings;
    private final Lives lives;
    private final Hazards hazards;
    private final Map<Topic, List<List<Message>>> logs = new EnumMap<>(Topic.class);
    private final List<Group> groups = new ArrayList<>();

    /** What goes wrong with what is read. */
    public record Hazards(Hazard deliveryLate, Hazard deliveredAgain) {}

    public Partitions(Surroundings surroundings, Lives lives, Hazards hazards) {
        this.surroundings = surroundings;
        this.lives = lives;
        this.hazards = hazards;
        for (var topic : Topic.values()) {
            var partitions = new ArrayList<List<Message>>();
            for (int i = 0; i < OF_EACH_TOPIC; i++) {
                partitions.add(new ArrayList<>());
            }
            logs.put(topic, partitions);
        }
    }

    /** What a member of a group does when there may be something to read. */
    public interface Member {
        void wake(Group group);
    }

    /** How far a group is in one partition, and who reads it. */
    public final class Cursor {

        private final Topic topic;
        private final List<Message> log;
        private int position;
        private int committed;
        private SimulatedProcess owner;

        private Cursor(Topic topic, List<Message> log, SimulatedProcess owner) {
            this.topic = topic;
            this.log = log;
            this.owner = owner;
        }

        public SimulatedProcess owner() {
            return owner;
        }

        public int position() {
            return position;
        }

        public boolean hasMore() {
            return position < log.size();
        }

        public Message next() {
            return log.get(position++);
        }

        /** Takes effect only for who still reads the partition. */
        public void commit(SimulatedProcess by, int upTo) {
            if (by == owner && upTo > committed) {
                committed = upTo;
            }
        }

        public int committed() {
            return committed;
        }
    }

    /** Processes that share partitions. */
    public final class Group {

        private final String service;
        private final List<Cursor> cursors = new ArrayList<>();
        private final Map<SimulatedProcess, Member> members = new HashMap<>();

        private Group(String service) {
            this.service = service;
        }

        public List<Cursor> of(SimulatedProcess life) {
            return cursors.stream().filter(cursor -> cursor.owner == life).toList();
        }

        private void appended(Topic topic, int partition) {
            for (var cursor : cursors) {
                if (cursor.topic == topic && cursor.log == log(topic).get(partition)) {
                    wake(cursor);
                }
            }
        }

        private void wake(Cursor cursor) {
            var late = surroundings.faults().strikes(hazards.deliveryLate());
            var life = cursor.owner;
            life.after(surroundings.random().nanosUpTo(late ? DELIVERY_LATE : DELIVERY), () -> {
                var member = members.get(life);
                if (member != null) {
                    member.wake(this);
                }
            });
        }

        public void join(SimulatedProcess life, Member member) {
            members.put(life, member);
            cursors.stream().filter(cursor -> cursor.owner == life).forEach(this::wake);
        }

        /** The partition goes to another member, or to the same one, which reads again from the last commit. */
        private void moveTo(Cursor cursor, SimulatedProcess life) {
            surroundings.trace().line("kafka", "", () -> service + ": " + cursor.topic.topicName() + " from offset "
                    + cursor.committed + " of " + cursor.log.size() + " goes from " + cursor.owner + " to " + life);
            cursor.owner = life;
            cursor.position = cursor.committed;
            wake(cursor);
        }
    }

    /** A new group that reads these topics from their beginning. @param owners who begins with which */
    public Group group(String service, Supplier<SimulatedProcess> owners, Topic... topics) {
        var group = new Group(service);
        for (var topic : topics) {
            for (var log : log(topic)) {
                group.cursors.add(new Cursor(topic, log, owners.get()));
            }
        }
        groups.add(group);
        return group;
    }

    /** The partitions of a topic. */
    private List<List<Message>> log(Topic topic) {
        return Objects.requireNonNull(logs.get(topic));
    }

    public void append(Topic topic, Message message) {
        int partition = Math.floorMod(message.jobId().hashCode(), OF_EACH_TOPIC);
        log(topic).get(partition).add(message);
        groups.forEach(group -> group.appended(topic, partition));
    }

    /** A member is gone or silent: the others take over what it read. */
    public void lost(SimulatedProcess life) {
        for (var group : groups) {
            for (var cursor : group.cursors) {
                if (cursor.owner == life) {
                    surroundings.loop().after(surroundings.random().upTo(REBALANCE), null,
                            () -> takeOver(group, cursor, life));
                }
            }
        }
    }

    private void takeOver(Group group, Cursor cursor, SimulatedProcess lost) {
        if (cursor.owner != lost) {
            return;
        }
        var heir = lives.anyOf(group.service);
        if (heir.isAlive() && heir != lost) {
            group.moveTo(cursor, heir);
        } else {
            surroundings.loop().after(REBALANCE, null, () -> takeOver(group, cursor, lost));
        }
    }

    /** Whether the commit of offsets is lost just now. */
    public boolean isCommitLost() {
        return surroundings.faults().strikes(hazards.deliveredAgain());
    }

    /** Whether every group has read all of the topic. */
    public boolean isRead(Topic topic) {
        return groups.stream().flatMap(group -> group.cursors.stream()).filter(cursor -> cursor.topic == topic)
                .allMatch(cursor -> cursor.position == cursor.log.size());
    }

    /** A rebalance: some partitions of the group are read again from the last commit, by whomever. */
    public void rebalance(Group group) {
        var cursor = surroundings.random().oneOf(group.cursors);
        var heir = lives.anyOf(group.service);
        if (heir.isAlive()) {
            group.moveTo(cursor, heir);
        }
    }
}
