package io.campaignlauncher.job.notify.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.job.notify.model.DeliveryResponse.Answered;
import io.campaignlauncher.job.notify.model.DeliveryResponse.Unanswered;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a delivery is done, tried again or given up. */
class DeliveryRulesTest {

    private static final Instant NOTED = Instant.parse("2026-01-01T12:00:00Z");
    private static final DeliveryRules RULES = new DeliveryRules(Duration.ofSeconds(5), Duration.ofHours(1),
            Duration.ofHours(24));

    private static Delivery attempt(int attempt) {
        return new Delivery(new UUID(7, 7), NotificationKind.COMPLETED, null, "https://example.com/x", "example.com",
                "{}",
                null,
                attempt, NOTED, NOTED);
    }

    @ParameterizedTest
    @ValueSource(ints = { 200, 201, 202, 204, 299 })
    void a_success_is_a_delivery(int status) {
        assertThat(RULES.after(attempt(1), new Answered(status), NOTED)).isEqualTo(new Verdict.Delivered());
    }

    @ParameterizedTest
    @ValueSource(ints = { 100, 199, 300, 301, 302, 307, 400, 401, 404, 408, 409, 429, 500, 503, 599 })
    void another_answer_is_tried_again(int status) {
        assertThat(RULES.after(attempt(1), new Answered(status), NOTED)).isInstanceOfSatisfying(Verdict.TryAgain.class,
                again -> {
                    assertThat(again.error()).contains("answered " + status);
                    assertThat(again.at()).isBetween(NOTED.plusSeconds(4), NOTED.plusSeconds(5));
                });
    }

    @Test
    void no_answer_is_tried_again_with_its_reason() {
        assertThat(RULES.after(attempt(1), new Unanswered("connection refused"), NOTED))
                .isInstanceOfSatisfying(Verdict.TryAgain.class,
                        again -> assertThat(again.error()).isEqualTo("connection refused"));
    }

    @Test
    void what_may_not_be_sent_is_given_up_at_once_with_its_reason() {
        assertThat(RULES.after(attempt(1), new DeliveryResponse.NotAllowed("not registered"), NOTED))
                .isEqualTo(new Verdict.GiveUp("not registered"));
    }

    @Test
    void a_receiver_that_asks_for_a_longer_pause_gets_it_up_to_the_longest() {
        assertThat(at(503, Duration.ofMinutes(7))).isEqualTo(NOTED.plus(Duration.ofMinutes(7)));
        assertThat(at(429, Duration.ofMinutes(7))).isEqualTo(NOTED.plus(Duration.ofMinutes(7)));
        assertThat(at(302, Duration.ofMinutes(7))).isEqualTo(NOTED.plus(Duration.ofMinutes(7)));
        assertThat(at(503, Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(NOTED.plus(Duration.ofHours(1)));
    }

    @Test
    void a_receiver_cannot_have_a_shorter_pause() {
        var usual = NOTED.plus(RULES.delay(attempt(1)));
        assertThat(at(503, null)).isEqualTo(usual);
        assertThat(at(503, Duration.ofSeconds(1))).isEqualTo(usual);
        assertThat(at(503, Duration.ofDays(-1))).isEqualTo(usual);
    }

    private static Instant at(int status, @Nullable Duration retryAfter) {
        return ((Verdict.TryAgain) RULES.after(attempt(1), new Answered(status, retryAfter), NOTED)).at();
    }

    @Test
    void gone_is_given_up_at_once() {
        assertThat(RULES.after(attempt(1), new Answered(410), NOTED)).isInstanceOf(Verdict.GiveUp.class);
    }

    @Test
    void pauses_double_up_to_the_longest_less_up_to_a_fifth() {
        for (int attempt = 1; attempt <= 100; attempt++) {
            var full = Duration.ofSeconds(Math.min(3600, 5L << Math.min(attempt - 1, 20)));
            assertThat(RULES.delay(attempt(attempt))).as("after attempt " + attempt)
                    .isGreaterThan(full.multipliedBy(4).dividedBy(5)).isLessThanOrEqualTo(full)
                    .isEqualTo(RULES.delay(attempt(attempt)));
        }
    }

    @Test
    void notifications_that_failed_together_come_back_apart() {
        var pauses = new HashSet<Duration>();
        for (int i = 0; i < 100; i++) {
            pauses.add(RULES
                    .delay(new Delivery(new UUID(i, i), NotificationKind.FAILED, null, "", "", "", null, 5, NOTED,
                            NOTED)));
        }
        assertThat(pauses).hasSizeGreaterThan(80);
    }

    @Test
    void the_last_attempt_is_made_at_the_end_of_its_time_and_then_it_is_given_up() {
        var end = NOTED.plus(Duration.ofHours(24));
        assertThat(RULES.after(attempt(40), new Answered(500), end.minusSeconds(60)))
                .isEqualTo(new Verdict.TryAgain(end, "answered 500"));
        assertThat(RULES.after(attempt(41), new Answered(500), end)).isEqualTo(new Verdict.GiveUp("answered 500"));
        assertThat(RULES.after(attempt(41), new Answered(200), end.plusSeconds(9))).isEqualTo(new Verdict.Delivered());
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        var second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new DeliveryRules(Duration.ZERO, second, second)).hasMessageContaining("first-delay");
        assertThatThrownBy(() -> new DeliveryRules(second.plusMillis(1), second, second))
                .hasMessageContaining("max-delay");
        assertThatThrownBy(() -> new DeliveryRules(second, second.plusMillis(1), second))
                .hasMessageContaining("give-up-after");
    }

    @Test
    void a_delivery_names_no_address() {
        assertThat(attempt(3).toString()).doesNotContain("example.com").contains("job.completed");
    }
}
