package io.campaignlauncher.job.notify.model;

import java.time.Instant;

/** What follows from an attempt to deliver. */
public sealed interface Verdict {

    record Delivered() implements Verdict {}

    record TryAgain(Instant at, String error) implements Verdict {}

    record GiveUp(String error) implements Verdict {}
}
