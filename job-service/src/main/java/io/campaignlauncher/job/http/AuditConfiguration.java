package io.campaignlauncher.job.http;

import io.campaignlauncher.access.audit.Audit;
import io.campaignlauncher.access.audit.AuditOutbox;
import io.campaignlauncher.access.audit.AuditSettings;
import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.access.audit.Callers;
import io.campaignlauncher.access.audit.Refusals;
import io.campaignlauncher.access.http.ProxySettings;
import io.campaignlauncher.access.http.RequestLimits;
import io.campaignlauncher.access.http.RouteTable;
import io.campaignlauncher.messaging.CredentialSettings;
import io.campaignlauncher.messaging.OutboxPublisher;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.messaging.TopicAdministrator;
import io.campaignlauncher.schemas.LaunchRecords;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.server.WebFilter;

/** Who did what here, noted in a table and published. Needs a DataSource with its transactions, and what messaging has. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditSettings.class)
public class AuditConfiguration {

    static final String TABLE = "audit";
    private static final String SOURCE = "/job-service";
    private static final Duration LINE_PATIENCE = Duration.ofSeconds(3);

    @Bean
    Audit audit(DataSource dataSource) {
        return new Audit(JdbcClient.create(dataSource), TABLE);
    }

    @Bean
    Callers callers(Environment environment) {
        return new Callers(Settings.of(environment, CredentialSettings.class).requiredKey(),
                Settings.of(environment, ProxySettings.class).peers());
    }

    @Bean
    AuditedChanges auditedChanges(Audit audit, Callers callers) {
        return new AuditedChanges(audit::note, callers, LINE_PATIENCE);
    }

    @Bean
    Refusals refusals(Audit audit, PlatformTransactionManager transactions, Callers callers, AuditSettings settings,
            Clock clock) {
        return new Refusals(audit, new TransactionTemplate(transactions), callers, settings, clock);
    }

    @Bean
    @Order(RequestLimits.AFTER_RULES)
    WebFilter refusalsBehindRules(Refusals refusals, RouteTable table) {
        return refusals.behindRules(table);
    }

    @Bean
    Progress auditPublisherProgress(MeterRegistry meters) {
        return new Progress("audit of job-service", meters);
    }

    @Bean
    OutboxPublisher auditPublisher(DataSource dataSource, PlatformTransactionManager transactions,
            RecordPublisher publisher, LaunchRecords records, TopicAdministrator topics,
            Progress auditPublisherProgress, Clock clock) {
        var outbox = new AuditOutbox(JdbcClient.create(dataSource), new TransactionTemplate(transactions), TABLE,
                SOURCE, records);
        return new OutboxPublisher(outbox, publisher, topics, auditPublisherProgress, "audit-publisher",
                "the audit is not published", clock);
    }
}
