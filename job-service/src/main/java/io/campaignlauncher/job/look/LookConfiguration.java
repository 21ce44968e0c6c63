package io.campaignlauncher.job.look;

import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.job.stored.JobHistory;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.pace.AccountPaces;
import io.campaignlauncher.pace.JdbcAccountPaces;
import io.campaignlauncher.pace.OwnPaces;
import io.campaignlauncher.pace.SharedOrOwnPaces;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.worker.calls.JobCalls;
import io.campaignlauncher.worker.calls.JobCallsConfiguration;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import reactor.core.scheduler.Schedulers;

/** Looks at Facebook. Needs a Graph, AccessTokens, KafkaSettings, a DataSource with its transactions, LaunchRecords, a Clock. */
@Configuration(proxyBeanMethods = false)
@Import(JobCallsConfiguration.class)
public class LookConfiguration {

    /** Reads ask for no leave; that an account is to be left alone is heard and told. */
    private static final int NOTHING_RESERVED = 0;

    @Bean
    AccountPaces accountPaces(DataSource dataSource, Clock clock) {
        return new SharedOrOwnPaces(new JdbcAccountPaces(dataSource, NOTHING_RESERVED),
                new OwnPaces(clock, NOTHING_RESERVED), clock, Schedulers.parallel());
    }

    @Bean
    public Looks looks(Graph graph, AccessTokens tokens, AccountPaces accountPaces, JobCalls calls,
            DataSource dataSource, PlatformTransactionManager transactions, LaunchRecords records,
            Environment environment, Clock clock) {
        return looks(graph, tokens, accountPaces, calls, dataSource, transactions, records,
                Settings.of(environment, LookSettings.class), clock);
    }

    /** The same with settings of the caller's. */
    public static Looks looks(Graph graph, AccessTokens tokens, AccountPaces accountPaces, JobCalls calls,
            DataSource dataSource, PlatformTransactionManager transactions, LaunchRecords records,
            LookSettings settings, Clock clock) {
        return new Looks(new LookTable(JdbcClient.create(dataSource)),
                new Looker(graph, tokens, accountPaces, calls,
                        new JobHistory(dataSource, records.encoding()),
                        new JobTables(dataSource, transactions, records.encoding()), clock),
                settings);
    }
}
