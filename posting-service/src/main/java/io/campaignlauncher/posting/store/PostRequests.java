package io.campaignlauncher.posting.store;

import io.campaignlauncher.posting.model.PostProgress;
import io.campaignlauncher.posting.model.PostReports;
import io.campaignlauncher.posting.model.PostView;
import io.campaignlauncher.posting.model.PostingCommand.ResolvePost;
import io.campaignlauncher.posting.model.PostingCommand.WithdrawPost;
import io.campaignlauncher.posting.model.SendRules;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was asked of a post while somebody may have been at work on it. Taken up in the order of coming. */
final class PostRequests {

    private PostRequests() {}

    /** @param reason of a withdrawal, or who has decided @param messageId of a decision */
    record Request(UUID jobId, Kind kind, @Nullable String reason, @Nullable Integer messageId) {

        static Request of(WithdrawPost command) {
            return new Request(command.jobId(), Kind.WITHDRAW, command.reason(), null);
        }

        static Request of(ResolvePost command) {
            return new Request(command.jobId(), Kind.RESOLVE, command.by(), command.messageId());
        }
    }

    enum Kind {
        /** Tell all anew. */
        TELL, WITHDRAW, RESOLVE
    }

    static PostView applied(PostView view, List<Request> requests) {
        var job = applied(view.job(), requests);
        return view.with(job).with(view.channel().knowing(job));
    }

    private static PostProgress applied(PostProgress job, List<Request> requests) {
        var next = job;
        for (var request : requests) {
            var reason = request.reason() == null ? "" : request.reason();
            next = switch (request.kind()) {
                case TELL -> PostReports.untold(next);
                case WITHDRAW -> SendRules.withdrawn(next, new WithdrawPost(request.jobId(), reason));
                case RESOLVE -> SendRules.resolved(next,
                        new ResolvePost(request.jobId(), request.messageId(), reason));
            };
        }
        return next;
    }
}
