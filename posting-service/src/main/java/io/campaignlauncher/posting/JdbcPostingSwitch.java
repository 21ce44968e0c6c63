package io.campaignlauncher.posting;

import io.campaignlauncher.messaging.ThrottledWarning;
import io.campaignlauncher.posting.telegram.PostingSwitch;
import java.time.Clock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The kill switch as the marketplace keeps it: a row of its table in the same database, which this service's login may read. No row, no
 * table and no right to read it count as off.
 */
final class JdbcPostingSwitch implements PostingSwitch {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcPostingSwitch.class);
    private static final String ENABLED = "select enabled from market.kill_switches where name = 'telegram_posting'";
    private static final int TIMEOUT_SECONDS = 2;

    private final JdbcClient jdbc;
    private final ThrottledWarning warning;

    JdbcPostingSwitch(DataSource database, Clock clock) {
        var template = new JdbcTemplate(database);
        template.setQueryTimeout(TIMEOUT_SECONDS);
        this.jdbc = JdbcClient.create(template);
        this.warning = new ThrottledWarning(LOG, clock);
    }

    /** Never fails. */
    @Override
    public Mono<Boolean> isOn() {
        return Mono.fromCallable(() -> jdbc.sql(ENABLED).query(Boolean.class).optional().orElse(false))
                .subscribeOn(Schedulers.boundedElastic())
                .doOnSuccess(_ -> warning.over())
                .onErrorResume(e -> {
                    warning.warn("nothing is posted: the kill switch telegram_posting cannot be read", e);
                    return Mono.just(false);
                });
    }
}
