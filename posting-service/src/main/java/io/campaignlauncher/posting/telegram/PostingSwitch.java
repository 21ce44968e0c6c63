package io.campaignlauncher.posting.telegram;

import reactor.core.publisher.Mono;

/** The kill switch {@code telegram_posting}. */
@FunctionalInterface
public interface PostingSwitch {

    /** Whether posts may be begun. Empty, late or an error: it counts as off. */
    Mono<Boolean> isOn();
}
