package io.campaignlauncher.messaging.letters;

import io.campaignlauncher.schemas.Topic;

/** Another redrive of the topic has begun, so this one may publish nothing more. Nothing is broken, hence no stack trace. */
public final class RedriveOvertaken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RedriveOvertaken(Topic topic) {
        super("another redrive of " + topic.deadLetterName() + " has begun; this one stops", null, false, false);
    }
}
