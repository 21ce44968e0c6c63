package io.campaignlauncher.posting.model;

import io.campaignlauncher.posting.model.PostReport.LastLook.Result;
import io.campaignlauncher.posting.model.PostState.Question;
import io.campaignlauncher.posting.model.PostState.Question.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is to be told of a post job, as it stands. */
public final class PostReports {

    private PostReports() {}

    /** All that was not told yet, in order. */
    public static List<PostReport> untold(PostView view) {
        return all(view.job(), view.channel()).stream()
                .filter(report -> !view.job().state().told().contains(report.name())).toList();
    }

    public static PostProgress told(PostProgress job, PostReport report) {
        return job.with(job.state().told(report.name()));
    }

    /** So that it is all told again: somebody asked who may have missed it. */
    public static PostProgress untold(PostProgress job) {
        return job.with(job.state().telling(Set.of()));
    }

    private static List<PostReport> all(PostProgress job, ChannelState channel) {
        var id = job.command().jobId();
        var state = job.state();
        var reports = new ArrayList<PostReport>();
        job.attempts().forEach(attempt -> reports.addAll(ofAttempt(job, attempt, channel)));
        var messageId = state.messageId();
        if (state.question() != null) {
            reports.add(asked(job, state.question()));
        }
        switch (state.stage()) {
            case QUEUED -> {
                if (channel.heldFor() != null) {
                    reports.add(new PostReport.ChannelHeld(id, channel.chatId(), channel.heldFor()));
                }
            }
            case POSTING, POSTED -> {
            }
            case CONFIRMED -> {
                // What is removed from then on is no surplus.
                if (state.withdrawal() == null) {
                    reports.add(new PostReport.LastLook(id,
                            removed(state).isEmpty() ? Result.OK : Result.SURPLUS_REMOVED,
                            Objects.requireNonNullElse(messageId, 0), removed(state)));
                }
            }
            case FAILED ->
                reports.add(new PostReport.Failed(id, Objects.requireNonNullElse(state.failure(), "no reason")));
            case ROLLED_BACK -> reports.add(new PostReport.RolledBack(id,
                    Objects.requireNonNullElse(state.withdrawal(), "no reason"), removed(state)));
        }
        return reports;
    }

    private static PostReport asked(PostProgress job, Question question) {
        var id = job.command().jobId();
        var messageId = job.state().messageId();
        return question.subject() == Subject.GONE && messageId != null
                ? new PostReport.LastLook(id, Result.GONE, messageId, List.of())
                : new PostReport.Unknown(id, job.attempts().size(), question.text(), true);
    }

    private static List<PostReport> ofAttempt(PostProgress job, PostAttempt attempt, ChannelState channel) {
        var id = job.command().jobId();
        var reports = new ArrayList<PostReport>();
        reports.add(new PostReport.Started(id, attempt.number()));
        if (attempt.wasUnknown()) {
            reports.add(new PostReport.Unknown(id, attempt.number(), attempt.detail(), false));
        }
        switch (attempt.outcome()) {
            case UNDER_WAY, UNKNOWN -> {
            }
            case NOT_MADE, NOT_THERE -> reports.add(new PostReport.NotMade(id, attempt.number(), attempt.detail()));
            case POSTED -> {
                var messageId = job.state().messageId();
                if (messageId != null) {
                    reports.add(new PostReport.Posted(id, attempt.number(), channel.chatId(), messageId,
                            link(channel.chatId(), channel.username(), messageId), job.state().shown()));
                }
            }
        }
        return reports;
    }

    private static List<Integer> removed(PostState state) {
        return Stream.concat(state.removal().deleted().stream(), state.removal().neutralised().stream()).toList();
    }

    /** As Telegram's apps open it. The id of a private channel is told there without its prefix -100. */
    static String link(long chatId, @Nullable String username, int messageId) {
        return "https://t.me/" + (username == null ? "c/" + (-chatId - 1_000_000_000_000L) : username) + "/"
                + messageId;
    }
}
