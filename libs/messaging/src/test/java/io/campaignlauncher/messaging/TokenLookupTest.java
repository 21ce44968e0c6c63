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

        StepVerifier.create(tokens.find(CredentialName.local("default"), "act_1")).expectNext("secret")
                .verifyComplete();
    }

    @Test
    void waits_for_a_token_that_is_on_its_way() {
        StepVerifier.create(tokens.find(CredentialName.local("default"), "act_1"))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1500)))
                .then(() -> stored.put("default", "secret"))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(100)))
                .expectNext("secret")
                .verifyComplete();
    }

    @Test
    void a_token_that_may_not_be_used_for_the_ad_account_is_as_good_as_none() {
        var narrow = new TokenLookup(new AccessTokens() {

            @Override
            public Optional<String> accessToken(CredentialName name) {
                return Optional.of("secret");
            }

            @Override
            public Optional<String> accessToken(CredentialName name, String adAccountId) {
                return accessToken(name).filter(_ -> adAccountId.equals("act_1"));
            }
        }, TokenLookup.PATIENCE, time);
        StepVerifier.create(narrow.find(CredentialName.local("default"), "act_1")).expectNext("secret")
                .verifyComplete();
        StepVerifier.create(narrow.find(CredentialName.local("default"), "act_2"))
                .then(() -> time.advanceTimeBy(TokenLookup.PATIENCE)).verifyComplete();
    }

    @Test
    void gives_up_when_its_patience_has_run_out() {
        var found = tokens.find(CredentialName.local("default"), "act_1").hasElement().toFuture();

        time.advanceTimeBy(Duration.ofMillis(1900));
        assertThat(found).isNotDone();
        time.advanceTimeBy(Duration.ofMillis(100));
        assertThat(found).isCompletedWithValue(false);
    }
}
