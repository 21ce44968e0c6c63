package io.campaignlauncher.posting.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a post job beside its attempts.
 *
 * @param rehearsal  how it looked in the log channel; null: not rehearsed yet
 * @param messageId  of the post; null until it was read back
 * @param shown      hash of what was read back; null until then
 * @param withdrawal why it is to be taken back; null: it is not
 * @param question   what a person is asked; null: nothing
 * @param failure    why there is no post; null while there may be one
 * @param effort     of looking
 * @param resumeAt   nothing is done before; null: at once
 * @param removal    of posts that are too much
 * @param told       names of the reports that are durable
 * @param rewoundAt  which rewinding of the store was heeded last; null: none
 */
public record PostState(Stage stage, @Nullable Rehearsal rehearsal, @Nullable Integer messageId,
        @Nullable String shown, @Nullable String withdrawal, @Nullable Question question, @Nullable String failure,
        LookEffort effort, @Nullable Instant resumeAt, Removal removal, Set<String> told, @Nullable Instant rewoundAt) {

    public static final PostState NEW = new PostState(Stage.QUEUED, null, null, null, null, null, null,
            LookEffort.NONE, null, Removal.NONE, Set.of(), null);

    public PostState {
        told = Set.copyOf(told);
    }

    /** What only a person can answer. @param text what is known */
    public record Question(Subject subject, String text) {

        /** What it is about. */
        public enum Subject {
            /** Whether there is a post. */
            OUTCOME,
            /** A post that was there and does not show any more. */
            GONE,
            /** A post that differs from what was rehearsed. */
            CONTENT,
            /** Posts that are too much and cannot be removed. */
            SURPLUS
        }
    }

    /** @param contentHash of what the log channel showed @param photoFileId to send the photo again; null: none */
    public record Rehearsal(String contentHash, @Nullable String photoFileId) {}

    /**
     * @param inVain        times in a row that something could not be found out
     * @param early         whether the attempt that is open was looked for before it was settled
     * @param absentByClaim the worker's claim under which the latest settled look has found nothing; 0: none has
     */
    public record LookEffort(int inVain, boolean early, long absentByClaim) {

        static final LookEffort NONE = new LookEffort(0, false, 0);
    }

    /** @param pending read as this job's, and to be removed @param neutralised edited, because they could not be deleted */
    public record Removal(List<Integer> pending, List<Integer> deleted, List<Integer> neutralised) {

        static final Removal NONE = new Removal(List.of(), List.of(), List.of());

        public Removal {
            pending = List.copyOf(pending);
            deleted = List.copyOf(deleted);
            neutralised = List.copyOf(neutralised);
        }

        /** Whether it was removed, for all that was answered. */
        boolean has(int id) {
            return deleted.contains(id) || neutralised.contains(id);
        }

        Removal pending(List<Integer> ids) {
            return new Removal(ids, deleted, neutralised);
        }

        Removal done(int id, boolean byEdit) {
            var left = pending.stream().filter(one -> one != id).toList();
            return byEdit ? new Removal(left, deleted, with(neutralised, id))
                    : new Removal(left, with(deleted, id), neutralised);
        }

        private static List<Integer> with(List<Integer> ids, int id) {
            var all = new ArrayList<>(ids);
            if (!all.contains(id)) {
                all.add(id);
            }
            return all;
        }
    }

    PostState at(Stage next) {
        return new PostState(next, rehearsal, messageId, shown, withdrawal, question, failure, effort, resumeAt,
                removal, told, rewoundAt);
    }

    PostState rehearsed(Rehearsal how) {
        return new PostState(stage, how, messageId, shown, withdrawal, question, failure, LookEffort.NONE, null,
                removal, told, rewoundAt);
    }

    PostState seen(int id, @Nullable String hash) {
        return new PostState(stage, rehearsal, id, hash, withdrawal, question, failure, LookEffort.NONE, null, removal,
                told, rewoundAt);
    }

    PostState withdrawn(String why) {
        return new PostState(stage, rehearsal, messageId, shown, why, null, failure, LookEffort.NONE, null, removal,
                told, rewoundAt);
    }

    /** It is not to be taken back, and nobody is asked. */
    PostState counting() {
        return new PostState(stage, rehearsal, messageId, shown, null, null, failure, effort, null, removal, told,
                rewoundAt);
    }

    PostState asking(@Nullable Question newQuestion) {
        return new PostState(stage, rehearsal, messageId, shown, withdrawal, newQuestion, failure, effort, resumeAt,
                removal, told, rewoundAt);
    }

    PostState failed(String why) {
        return new PostState(Stage.FAILED, rehearsal, messageId, shown, withdrawal, null, why, LookEffort.NONE, null,
                removal, told, rewoundAt);
    }

    PostState effort(LookEffort next, @Nullable Instant until) {
        return new PostState(stage, rehearsal, messageId, shown, withdrawal, question, failure, next, until, removal,
                told, rewoundAt);
    }

    PostState removing(Removal next) {
        return new PostState(stage, rehearsal, messageId, shown, withdrawal, question, failure, effort, resumeAt, next,
                told, rewoundAt);
    }

    PostState told(String report) {
        var all = new TreeSet<>(told);
        all.add(report);
        return telling(all);
    }

    PostState telling(Set<String> reports) {
        return new PostState(stage, rehearsal, messageId, shown, withdrawal, question, failure, effort, resumeAt,
                removal, reports, rewoundAt);
    }

    /** As right after an attempt was begun. */
    PostState doubting() {
        return at(Stage.POSTING).effort(new LookEffort(0, false, 0), null);
    }

    PostState heeding(Instant rewinding) {
        return new PostState(stage, rehearsal, messageId, shown, withdrawal, question, failure, effort, resumeAt,
                removal, told, rewinding);
    }
}
