package io.campaignlauncher.job.media;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The bounds of uploads of images and videos over HTTP, each instance for itself.
 *
 * @param imagesAtOnce   images that are received and passed on at a time, 1 or more; each is a file of up to 30 MiB meanwhile
 * @param videosAtOnce   chunks of videos that pass through at a time, 1 or more
 * @param folder         where images lie while they are passed on; empty: where the system keeps temporary files
 * @param attempts       how often an image is sent to Facebook that had no good answer, 1 or more
 * @param pause          before the first repetition, twice as long before each further one
 * @param lease          after so long without a sign of life another instance goes on with a video; longer than an answer of Facebook
 *     takes, which is given up after 10 s
 * @param lookEvery      how often Facebook is asked at most how far a video has come
 * @param keepNames      how long the name of a file within its upload is known
 * @param keepUnfinished how long a video is known whose upload was not finished or came to nothing
 */
@ConfigurationProperties("launch.media")
public record UploadSettings(@DefaultValue("16") int imagesAtOnce, @DefaultValue("16") int videosAtOnce,
        @DefaultValue("") String folder, @DefaultValue("3") int attempts, @DefaultValue("1s") Duration pause,
        @DefaultValue("15s") Duration lease, @DefaultValue("1s") Duration lookEvery,
        @DefaultValue("90d") Duration keepNames, @DefaultValue("30d") Duration keepUnfinished) {

    public UploadSettings {
        if (imagesAtOnce < 1 || videosAtOnce < 1 || attempts < 1) {
            throw new IllegalArgumentException("launch.media: images-at-once, videos-at-once and attempts must be 1"
                    + " or more");
        }
        if (!pause.isPositive() || !lease.isPositive() || !lookEvery.isPositive() || !keepNames.isPositive()
                || !keepUnfinished.isPositive()) {
            throw new IllegalArgumentException("launch.media: every time must be positive");
        }
    }
}
