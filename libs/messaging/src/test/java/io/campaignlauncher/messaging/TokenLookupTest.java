package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class TokenLookupTest {

    private final Map<String, String> stored = new ConcurrentHashMap<>();
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final TokenLookup tokens = new TokenLookup(name -> Optional.ofNullable(stored.get(name.id())),
            TokenLookup.PATIENCE,
            time);

    @Test
    void finds_a_token_that_is_there_at_once() {
        stored.put("default", "secret");

        StepVerifier.create(tokens.find(CredentialName.local("default"))).expectNext("secret").verifyComplete();
    }

    @Test
    void waits_for_a_token_that_is_on_its_way() {
        StepVerifier.create(tokens.find(CredentialName.local("default")))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1500)))
                .then(() -> stored.put("default", "secret"))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(100)))
                .expectNext("secret")
                .verifyComplete();
    }

    @Test
    void gives_up_when_its_patience_has_run_out() {
        var found = tokens.find(CredentialName.local("default")).hasElement().toFuture();

        time.advanceTimeBy(Duration.ofMillis(1900));
        assertThat(found).isNotDone();
        time.advanceTimeBy(Duration.ofMillis(100));
        assertThat(found).isCompletedWithValue(false);
    }
}
