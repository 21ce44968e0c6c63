package io.campaignlauncher.job.letters;

import io.campaignlauncher.messaging.KafkaClients;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.TopicAdministrator;
import io.campaignlauncher.schemas.LaunchRecords;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** Dead letters. Needs a DataSource with its transactions, KafkaSettings, the topics, LaunchRecords and a Clock. */
@Configuration(proxyBeanMethods = false)
public class LettersConfiguration {

    @Bean
    LetterTable letterTable(DataSource dataSource, PlatformTransactionManager transactions, Clock clock) {
        return new LetterTable(dataSource, transactions, clock);
    }

    @Bean
    LetterTopics letterTopics(KafkaSettings settings, LetterTable table) {
        return new LetterTopics(new KafkaClients(settings), table);
    }

    @Bean
    LetterReader letterReader(LetterTopics letterTopics, TopicAdministrator topics, Clock clock) {
        return new LetterReader(letterTopics, topics, clock);
    }

    @Bean
    Redrives redrives(KafkaSettings settings, LetterTopics letterTopics, LetterTable table, LaunchRecords records) {
        return new Redrives(new KafkaClients(settings), letterTopics, table, records.encoding());
    }
}
