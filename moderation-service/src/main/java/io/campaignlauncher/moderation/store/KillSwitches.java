package io.campaignlauncher.moderation.store;

import io.campaignlauncher.market.model.MarketSwitch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The kill switches of the marketplace: rows that decisions read for share, so that turning one off waits for what runs. */
public final class KillSwitches {

    private final JdbcClient jdbc;

    /** A switch as the API shows it. */
    public record State(String name, boolean enabled, String reason, String changedBy, String changedAt) {}

    public KillSwitches(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<State> all() {
        return jdbc.sql(
                "select name, enabled, reason, \"changedBy\", \"changedAt\" from market.kill_switches order by name")
                .query((row, _) -> new State(row.getString("name"), row.getBoolean("enabled"), row.getString("reason"),
                        row.getString("changedBy"), MarketQueries.time(row, "changedAt")))
                .list();
    }

    /** Returns when every decision that saw it as it was is over. */
    public void turn(MarketSwitch name, boolean enabled, String by, String reason) {
        jdbc.sql(
                """
                        update market.kill_switches set enabled = :enabled, "changedBy" = :by, reason = :reason where name = :name
                        """)
                .param("enabled", enabled).param("by", by).param("reason", reason).param("name", name.word())
                .update();
    }

    /** {@code enabled}, {@code disabled}, or {@code unreadable}, which counts as disabled. */
    public Map<String, String> words() {
        try {
            return all().stream().collect(Collectors.toMap(State::name,
                    state -> state.enabled() ? "enabled" : "disabled", (one, _) -> one, LinkedHashMap::new));
        } catch (RuntimeException e) {
            return Arrays.stream(MarketSwitch.values())
                    .collect(Collectors.toMap(MarketSwitch::word, _ -> "unreadable"));
        }
    }
}
