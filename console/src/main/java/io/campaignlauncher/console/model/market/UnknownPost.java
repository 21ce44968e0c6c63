package io.campaignlauncher.console.model.market;

import tools.jackson.databind.JsonNode;

/** A post that only a person can tell of. */
public record UnknownPost(Target target, Kind kind) {

    /** What is not known of it, and what may be said. */
    public enum Kind {
        /** Nobody knows whether it went out: either may be said. */
        OUTCOME,
        /** It was read back once and is gone: it can only be said to count. */
        MISSING,
        /** It may be there although its money came back: it can only be said to be gone. */
        SUSPECTED
    }

    /** @param answer one of {@code GET /api/admin/posts/unknown} */
    public static UnknownPost of(JsonNode answer) {
        var target = Target.of(answer);
        var post = target.post();
        var status = post == null ? "" : post.status();
        return new UnknownPost(target, status.equals("posted") ? Kind.MISSING
                : status.equals("failed") ? Kind.SUSPECTED : Kind.OUTCOME);
    }

    public boolean mayBeThere() {
        return kind != Kind.SUSPECTED;
    }

    public boolean mayBeNone() {
        return kind != Kind.MISSING;
    }

    /** What is asked, in a sentence. */
    public String question() {
        return switch (kind) {
            case OUTCOME -> target.content().isLaunch()
                    ? "Nobody knows whether the launch made anything on Facebook. Look there, and say what you see."
                    : "Nobody knows whether the post went out. Look into the channel, and say what you see.";
            case MISSING -> "The post was there once and was not found any more. Say whether it counts.";
            case SUSPECTED -> "The money came back, but a post may be there. Delete it where it is, then say so.";
        };
    }

    /** What is known. */
    public String evidence() {
        var post = target.post();
        return post == null || !post.isInDoubt() ? "Nothing more is known." : post.doubt();
    }

    /** What follows where it is said to be there. */
    public String ifThere() {
        var amount = target.money() == null ? "" : target.money().amount().shown() + " ";
        return kind == Kind.MISSING || target.content().isLaunch()
                ? "The money " + amount + "is paid out. It does not come back."
                : "It counts as the post of this target. It is read back once more, then the money " + amount
                        + "is paid out.";
    }

    /** What follows where it is said that there is none. */
    public String ifNone() {
        return kind == Kind.SUSPECTED ? "No money moves: it came back already. It is looked for once more."
                : "The money " + (target.money() == null ? "" : target.money().amount().shown() + " ")
                        + "comes back to the advertiser. A post that is found later is removed.";
    }
}
