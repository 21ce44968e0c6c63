package io.campaignlauncher.posting.telegram;

import io.campaignlauncher.posting.model.ChannelCheck;
import io.campaignlauncher.posting.model.ComposedPost;
import io.campaignlauncher.posting.model.MessageContent;
import io.campaignlauncher.posting.model.ProbeAnswer;
import io.campaignlauncher.posting.model.ReadAnswer;
import io.campaignlauncher.posting.model.RemoveAnswer;
import io.campaignlauncher.posting.model.SendOutcome;
import io.campaignlauncher.posting.model.TextEntity;
import io.campaignlauncher.telegram.ChangeResult;
import io.campaignlauncher.telegram.ForwardResult;
import io.campaignlauncher.telegram.Message;
import io.campaignlauncher.telegram.Post;
import io.campaignlauncher.telegram.Post.Content.Photo;
import io.campaignlauncher.telegram.Post.Content.Text;
import io.campaignlauncher.telegram.ProbeResult;
import io.campaignlauncher.telegram.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The client's words in those of the rules, and the other way round. */
final class Answers {

    private static final String TOO_OLD = "message can't be deleted";

    private Answers() {}

    static Post post(long chatId, ComposedPost post) {
        var entities = post.entities().stream().map(one -> new io.campaignlauncher.telegram.TextEntity(one.type(),
                one.offset(), one.length(), one.url(), null)).toList();
        var content = post.photo() == null ? new Text(post.text(), entities, false)
                : new Photo(post.photo(), post.text(), entities);
        return new Post(chatId, content, List.of(new Post.UrlButton(post.linkLabel(), post.markerUrl())), false,
                post.markerUrl());
    }

    static SendOutcome sent(SendResult result) {
        return switch (result) {
            case SendResult.Posted(var message) ->
                new SendOutcome.Posted(message.id(), content(message), message.photoFileId());
            case SendResult.RefusedContent(var reason) -> new SendOutcome.ContentRefused(reason);
            case SendResult.RefusedPlace(var reason) -> new SendOutcome.PlaceRefused(reason);
            case SendResult.NotSent(var reason) -> new SendOutcome.NotSent(reason);
            case SendResult.Unknown(var reason, var retryAfter) ->
                new SendOutcome.Unknown(reason, Objects.requireNonNullElse(retryAfter, Duration.ZERO));
        };
    }

    static ChannelCheck checked(io.campaignlauncher.telegram.ChannelCheck check) {
        return switch (check) {
            case io.campaignlauncher.telegram.ChannelCheck.Ready(_, _, var username) ->
                new ChannelCheck.Ready(username);
            case io.campaignlauncher.telegram.ChannelCheck.Lacking(var reason) -> new ChannelCheck.Lacking(reason);
            case io.campaignlauncher.telegram.ChannelCheck.Unanswered(var reason) ->
                new ChannelCheck.Unanswered(reason);
        };
    }

    static ProbeAnswer probed(ProbeResult result) {
        return switch (result) {
            case ProbeResult.Nothing _ -> new ProbeAnswer.Nothing();
            case ProbeResult.Ours _ -> new ProbeAnswer.Ours();
            case ProbeResult.NotOurs _ -> new ProbeAnswer.SomebodyElses();
            case ProbeResult.Something _ -> new ProbeAnswer.Unanswered("a message, and no word of whose");
            case ProbeResult.Inconclusive(var reason, _) -> new ProbeAnswer.Unanswered(reason);
        };
    }

    static ReadAnswer read(ForwardResult result) {
        return switch (result) {
            case ForwardResult.Forwarded(var copy) -> new ReadAnswer.Content(content(copy));
            case ForwardResult.Nothing _ -> new ReadAnswer.Gone();
            case ForwardResult.Unforwardable(var reason) -> new ReadAnswer.Unreadable(reason);
            case ForwardResult.Inconclusive(var reason, _) -> new ReadAnswer.Unreadable(reason);
        };
    }

    static RemoveAnswer changed(ChangeResult result, boolean byEdit) {
        return switch (result) {
            case ChangeResult.Done _,ChangeResult.NotThere _ -> new RemoveAnswer.Done(byEdit);
            case ChangeResult.Refused(var reason) -> new RemoveAnswer.Failed(reason);
            case ChangeResult.Unknown(var reason, _) -> new RemoveAnswer.Failed(reason);
        };
    }

    /** After 48 hours a bot may not delete its post. */
    static boolean tooOld(ChangeResult result) {
        return result instanceof ChangeResult.Refused(var reason) && reason.contains(TOO_OLD);
    }

    private static MessageContent content(Message message) {
        return new MessageContent(message.text(),
                message.entities().stream()
                        .map(one -> new TextEntity(one.type(), one.offset(), one.length(), one.url())).toList(),
                message.photoUniqueId(), message.buttonUrls());
    }
}
