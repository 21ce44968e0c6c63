package io.campaignlauncher.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** The command on a real database with the tables of the marketplace. */
class CheckLedgerIT {

    private static StoreUnderTest store;

    private record CommandResult(int code, String out, String err) {}

    @BeforeAll
    static void database() throws IOException, SQLException {
        store = new StoreUnderTest("check_ledger");
        try (var connection = store.connect(); var statement = connection.createStatement()) {
            statement.execute("create schema market; set search_path to market");
            statement.execute(new ClassPathResource("db/market/V1__market.sql").getContentAsString(UTF_8));
        }
    }

    @Test
    void tells_that_everything_holds_and_which_row_breaks_a_rule() throws SQLException {
        assertThat(check()).isEqualTo(new CommandResult(0, "everything holds\n", ""));

        store.execute("insert into market.wallets (id, tenant, \"userId\", kind, balance, \"createdAt\")"
                + " values ('00000000-0000-0000-0000-000000000007', 'local', 'ann', 'user', 5, now())");

        var broken = check();
        assertThat(broken.code()).isOne();
        assertThat(broken.out()).contains("I1\ta wallet's balance is the sum of its entries\tid=00000000-0000")
                .contains("I19").endsWith("2 rows break a rule\n");
    }

    private static CommandResult check() {
        var out = new StringWriter();
        var err = new StringWriter();
        var address = store.address();
        var code = Tools.run(
                Map.of("SPRING_DATASOURCE_URL", address.url(), "SPRING_DATASOURCE_USERNAME",
                        String.valueOf(address.user()), "SPRING_DATASOURCE_PASSWORD",
                        String.valueOf(address.password())),
                new PrintWriter(out, true), new PrintWriter(err, true), "ledger", "check");
        return new CommandResult(code, out.toString(), err.toString());
    }
}
