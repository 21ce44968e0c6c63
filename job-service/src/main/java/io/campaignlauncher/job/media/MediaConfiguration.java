package io.campaignlauncher.job.media;

import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Images and videos. Needs a DataSource with its transactions, a MeterRegistry and a MediaGraph. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UploadSettings.class)
public class MediaConfiguration {

    @Bean
    MediaTable mediaTable(DataSource dataSource, PlatformTransactionManager transactions, UploadSettings settings) {
        return new MediaTable(JdbcClient.create(dataSource), new TransactionTemplate(transactions), settings.lease());
    }

    @Bean
    MediaFiles mediaFiles(DataSource dataSource, MediaTable table) {
        return new MediaFiles(JdbcClient.create(dataSource), table);
    }

    @Bean
    MediaMeters mediaMeters(MeterRegistry registry) {
        return new MediaMeters(registry);
    }

    @Bean
    ImageUploads imageUploads(MediaGraph facebook, MediaTable table, UploadSettings settings, MediaMeters meters) {
        return new ImageUploads(facebook, table, settings, meters);
    }

    @Bean
    VideoUploads videoUploads(MediaGraph facebook, MediaTable table, UploadSettings settings, MediaMeters meters) {
        return new VideoUploads(facebook, table, settings, meters);
    }

    @Bean
    OldMedia oldMedia(DataSource dataSource, UploadSettings settings) {
        return new OldMedia(JdbcClient.create(dataSource), settings);
    }
}
