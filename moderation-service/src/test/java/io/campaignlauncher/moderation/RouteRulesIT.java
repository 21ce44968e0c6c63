package io.campaignlauncher.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.testing.WalkedTable;
import java.nio.file.Path;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Walks every route as everybody, and compares what comes of it with the table of docs/access.md. {@code -Daccess.page=write} writes it there. */
class RouteRulesIT {

    private static final Path PAGE = Path.of("../docs/access.md");

    private static MarketUnderTest market;

    @BeforeAll
    static void start() {
        market = new MarketUnderTest("market_routes");
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    private static Map<String, Supplier<String>> everybody() {
        var all = new LinkedHashMap<String, Supplier<String>>();
        all.put("anonymous", () -> null);
        for (var role : Role.values()) {
            all.put(role.word(), () -> market.issuer.token(role.word()));
        }
        all.put("no role", () -> market.issuer.token());
        all.put("of another tenant", () -> market.issuer.token(claims -> claims.claim("tenant", "acme")
                .claim("roles", List.of("advertiser"))));
        all.put("expired", () -> market.issuer.token(claims -> claims.expirationTime(new Date(0))
                .claim("roles", List.of("super_admin"))));
        all.put("other audience", () -> market.issuer.token(claims -> claims.audience("another")
                .claim("roles", List.of("super_admin"))));
        all.put("other issuer", () -> market.issuer.token(claims -> claims.issuer("urn:another")
                .claim("roles", List.of("super_admin"))));
        all.put("key that is not good", () -> "cl_0123456789ab_" + "x".repeat(43));
        return all;
    }

    @Test
    void every_route_lets_in_whom_the_table_says_and_nobody_else() {
        var everybody = everybody();
        var table = new WalkedTable(PAGE, "moderation-service", everybody.keySet());
        for (var rule : market.rules()) {
            walk(table, rule.method(), rule.path(), everybody);
        }
        walk(table, "GET", "/anything/else", everybody);
        assertThat(table.made()).isEqualTo(table.written());
    }

    private static void walk(WalkedTable table, String method, String path, Map<String, Supplier<String>> everybody) {
        var asked = path.replaceAll("\\{\\w+}", UUID.randomUUID().toString()).replace("health/**", "health")
                .replace("**", "info");
        table.row(method, path, everybody.values().stream().map(token -> {
            var answer = switch (method) {
                case "GET" -> market.get(asked, token.get());
                case "PATCH" -> market.patch(asked, token.get(), Map.of());
                default -> market.post(asked, token.get(), Map.of());
            };
            boolean refused = answer.status() == 401 || answer.status() == 403
                    || answer.status() == 404 && answer.text("title").equals("No such address");
            assertThat(answer.status()).as(method + " " + path).isLessThan(500);
            return refused ? String.valueOf(answer.status()) : "yes";
        }).toList());
    }
}
