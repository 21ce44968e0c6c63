package io.campaignlauncher.market.model;

/** What a refusal is in HTTP, and in words. */
public final class Answers {

    private Answers() {}

    /** The HTTP status: 400, 403, 404 or 409. */
    public static int status(Refusal refusal) {
        return switch (refusal) {
            case Refusal.RoleMissing _,Refusal.OwnCampaign _,Refusal.OwnCorrection _ -> 403;
            case Refusal.NoSuch _ -> 404;
            case Refusal.NotOwner _,Refusal.Invalid _ -> 400;
            case Refusal.WrongState _,Refusal.CampaignNotActive _,Refusal.VersionChanged _ -> 409;
            case Refusal.NotEnoughBalance _,Refusal.BudgetExceeded _,Refusal.SwitchOff _ -> 409;
            case Refusal.ChannelNotReady _,Refusal.ChannelTaken _ -> 409;
            case Refusal.PostUnderWay _,Refusal.TargetsUnderWay _,Refusal.TooManyTargets _ -> 409;
            case Refusal.TooManyStarts _,Refusal.DifferentRequest _,Refusal.TooEarly _,Refusal.TooLate _ -> 409;
            case Refusal.NotLookedAt _,Refusal.NothingToDecide _ -> 409;
        };
    }

    /** One sentence for whoever asked. */
    public static String sentence(Refusal refusal) {
        return switch (refusal) {
            case Refusal.RoleMissing r -> "Your roles may not do this: " + r.action().word();
            case Refusal.OwnCampaign _ -> "Nobody judges their own campaign";
            case Refusal.OwnCorrection _ -> "A second person has to approve a correction";
            case Refusal.NoSuch r -> "There is no such " + r.subject().word();
            case Refusal.NotOwner r -> "Not " + r.subject().word() + " owner";
            case Refusal.Invalid r -> String.join("; ", r.violations().stream().map(v -> v.described()).toList());
            case Refusal.WrongState r -> "The " + r.subject().word() + " is " + r.state();
            case Refusal.CampaignNotActive r -> "The campaign is not active but " + r.status().word();
            case Refusal.VersionChanged r -> "The target has changed: its version is " + r.version();
            case Refusal.NotEnoughBalance _ -> "The wallet has not enough balance";
            case Refusal.BudgetExceeded r -> "The campaign's budget has only " + r.left() + " left";
            case Refusal.SwitchOff r -> "The kill switch " + r.name().word() + " is off";
            case Refusal.ChannelNotReady r -> "The bot may not post in the channel; it lacks "
                    + String.join(", ", r.lacking());
            case Refusal.ChannelTaken _ -> "Another publisher offers this chat";
            case Refusal.PostUnderWay r -> "Posts are going out, or nobody knows whether they have: " + r.targetIds();
            case Refusal.TargetsUnderWay r -> r.targets() + " targets are under review or wait for their post";
            case Refusal.TooManyTargets r -> "A campaign has at most " + r.max() + " targets";
            case Refusal.TooManyStarts r -> "A post is started at most " + r.max() + " times";
            case Refusal.DifferentRequest _ -> "This id or key was used for something else";
            case Refusal.TooEarly r -> "Not before " + r.from();
            case Refusal.TooLate r -> "The time for it was over at " + r.deadline();
            case Refusal.NotLookedAt _ -> "The last look at the post has not passed";
            case Refusal.NothingToDecide _ -> "There is nothing to decide, or it was decided otherwise";
        };
    }
}
