package io.campaignlauncher.moderation.store;

import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.market.tables.LockedCases;
import io.campaignlauncher.market.tables.MarketTables;
import io.campaignlauncher.messaging.TableSizes;
import io.micrometer.core.instrument.MeterRegistry;
import io.campaignlauncher.schemas.AvroEncoding;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The decisions and what is read of them. Needs a DataSource with its transactions. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MarketSettings.class)
public class StoreConfiguration {

    @Bean
    Decisions decisions(DataSource dataSource, PlatformTransactionManager transactions, MarketSettings settings,
            MeterRegistry meters) {
        var jdbc = new JdbcTemplate(dataSource);
        var schema = EventStoreSchema.MARKETPLACE.name();
        return new Decisions(new TransactionTemplate(transactions), new LockedCases(jdbc, schema, settings.policy()),
                new EventStore(JdbcClient.create(dataSource), new AvroEncoding()), new MarketTables(jdbc, schema),
                new DecisionFigures(meters));
    }

    @Bean
    MarketQueries marketQueries(DataSource dataSource) {
        return new MarketQueries(JdbcClient.create(dataSource));
    }

    @Bean
    ReviewQueries reviewQueries(DataSource dataSource) {
        return new ReviewQueries(JdbcClient.create(dataSource), new AvroEncoding());
    }

    @Bean
    WalletQueries walletQueries(DataSource dataSource) {
        return new WalletQueries(JdbcClient.create(dataSource));
    }

    @Bean
    AuditQueries auditQueries(DataSource dataSource) {
        return new AuditQueries(JdbcClient.create(dataSource));
    }

    @Bean
    KillSwitches marketSwitches(DataSource dataSource) {
        return new KillSwitches(JdbcClient.create(dataSource));
    }

    @Bean
    TableSizes marketTableSizes(DataSource dataSource, MeterRegistry meters) {
        return new TableSizes(dataSource, meters, List.of(EventStoreSchema.MARKETPLACE.events(),
                "market.user_audit_logs", "market.ledger_entries", "market.campaign_targets"));
    }

    @Bean
    Deadlines deadlines(DataSource dataSource, Decisions decisions, MarketSettings settings) {
        return new Deadlines(JdbcClient.create(dataSource), decisions, settings.deadlinesEvery());
    }
}
