package io.campaignlauncher.changefeed;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedFaultTest {

    @ParameterizedTest
    @CsvSource({ "42501, alter role", "53400, max_replication_slots", "28P01, pg_hba.conf", "28000, pg_hba.conf" })
    void says_what_to_do_where_trying_again_helps_nothing(String sqlState, String advice) {
        var fault = FeedFault.of(new IllegalStateException("the engine ended",
                new SQLException("FATAL: nicht erlaubt\n  Detail: more", sqlState)));

        assertThat(fault.needsAPerson()).isTrue();
        assertThat(fault.what()).startsWith("FATAL: nicht erlaubt: ").contains(advice).doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({ "08006", "57P01", "55006" })
    void what_passes_by_itself_needs_nobody(String sqlState) {
        assertThat(FeedFault.of(new RuntimeException(new SQLException("away", sqlState))))
                .isEqualTo(new FeedFault("away", false));
    }

    @Test
    void a_sentence_of_ours_stays_as_it_is() {
        assertThat(FeedFault.of(new IllegalStateException(new FeedHeld("set wal_level = logical", null))))
                .isEqualTo(new FeedFault("set wal_level = logical", true));
    }

    @Test
    void an_error_without_a_word_is_told_by_its_name() {
        assertThat(FeedFault.of(new RuntimeException(new NullPointerException())).what())
                .isEqualTo("NullPointerException");
    }
}
