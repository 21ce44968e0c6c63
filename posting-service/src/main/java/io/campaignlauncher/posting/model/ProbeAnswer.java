package io.campaignlauncher.posting.model;

/** What a probe of one message id shows. A probe changes nothing. */
public sealed interface ProbeAnswer {

    /** No message, or none that this read can see. It proves nothing without a control beside it. */
    record Nothing() implements ProbeAnswer {}

    /** A message that the bot has not sent. */
    record SomebodyElses() implements ProbeAnswer {}

    /** A message that the bot has sent; where it may edit those of others, perhaps one of them. */
    record Ours() implements ProbeAnswer {}

    /** The probe failed. */
    record Unanswered(String reason) implements ProbeAnswer {}
}
