package io.campaignlauncher.simulator.sdk;

import static io.campaignlauncher.simulator.sdk.SdkClient.PAGE;
import static io.campaignlauncher.simulator.sdk.SdkClient.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.facebook.ads.sdk.APIException;
import com.facebook.ads.sdk.AdAccount;
import com.facebook.ads.sdk.AdCreative;
import com.facebook.ads.sdk.AdCreativeObjectStorySpec;
import com.facebook.ads.sdk.AdCreativeVideoData;
import com.facebook.ads.sdk.AdVideo;
import com.facebook.ads.utils.VideoUtils;
import io.campaignlauncher.simulator.core.EncodingEnd;
import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.Pictures;
import io.campaignlauncher.simulator.core.VideoStatus;
import io.campaignlauncher.standin.Commit;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Facebook's client uploads images and videos, in chunks of the size that it is asked for. */
class FacebookSdkMediaIT {

    private static final int CHUNK = 1024 * 1024;

    @RegisterExtension
    static final SdkClient sdk = new SdkClient();

    @TempDir
    static Path folder;

    private final byte[] film = new byte[2 * CHUNK + 77];
    private File file;

    /** The client keeps it for the whole JVM. */
    private static int seconds;

    @BeforeAll
    static void ask_without_a_pause_how_far_an_encoding_is() {
        seconds = VideoUtils.defaultWaitForEncodingCheckInterval;
        VideoUtils.defaultWaitForEncodingCheckInterval = 0;
    }

    @AfterAll
    static void pause_again() {
        VideoUtils.defaultWaitForEncodingCheckInterval = seconds;
    }

    @BeforeEach
    void make_a_film() throws Exception {
        new Random(1).nextBytes(film);
        file = Files.write(folder.resolve("film.mp4"), film).toFile();
    }

    /** Lets a minute pass each time that the client has asked how far the encoding is. */
    private static String upload(AdAccount account, File file) throws Exception {
        return VideoUtils.uploadVideoFileInChunks(account, file, 3, true, (_, _) -> sdk.passes(Duration.ofMinutes(1)));
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static VideoStatus status(AdAccount account) {
        return sdk.simulator.world().videos(account.getId()).getFirst().status();
    }

    @Test
    void uploads_a_video_in_chunks_and_waits_until_it_is_ready() throws Exception {
        var account = sdk.account("4301");
        var id = upload(account, file);
        var stored = sdk.simulator.world().videos("4301").getFirst();
        assertThat(stored.id()).isEqualTo(id);
        assertThat(stored.sha256()).isEqualTo(sha256(film));
        var read = new AdVideo(id, sdk.context).get().requestStatusField().requestTitleField().execute();
        assertThat(read.getFieldTitle()).isEqualTo("chunked video upload");
        assertThat(read.getFieldStatus().getFieldVideoStatus()).isEqualTo("ready");
        assertThat(account.getAdVideos().requestTitleField().execute()).hasSize(1);
    }

    @Test
    void sends_a_chunk_again_that_was_refused_for_a_moment() throws Exception {
        var account = sdk.account("4302");
        sdk.simulator.faults().add(Fault.once(FaultTarget.TRANSFER_CHUNK, new FaultEffect.ServerError(Commit.never()))
                .from(2));
        upload(account, file);
        assertThat(sdk.simulator.world().videos("4302").getFirst().sha256()).isEqualTo(sha256(film));
        assertThat(sdk.simulator.faults().list().getFirst().fired()).isEqualTo(1);
    }

    @Test
    void learns_the_right_offset_where_half_of_a_chunk_was_taken() throws Exception {
        var account = sdk.account("4308");
        sdk.simulator.faults().add(Fault.once(FaultTarget.TRANSFER_CHUNK, new FaultEffect.ChunkCut(50)));
        sdk.simulator.faults()
                .add(Fault.once(FaultTarget.TRANSFER_CHUNK, new FaultEffect.ServerError(Commit.atOnce())));
        // It sends the same again, which is refused with the offset at which it would have to go on.
        assertThatThrownBy(() -> upload(account, file)).cause().isInstanceOf(APIException.class)
                .hasMessageContaining("1363037").hasMessageContaining("\"start_offset\":524288");
    }

    @Test
    void is_told_that_the_encoding_failed() {
        var account = sdk.account("4303");
        sdk.simulator.faults().add(Fault.once(FaultTarget.FINISH_VIDEO,
                new FaultEffect.Encoding(Duration.ofSeconds(1), EncodingEnd.ERROR)));
        assertThatThrownBy(() -> upload(account, file)).hasMessageContaining("Video encoding failed");
        assertThat(status(account)).isEqualTo(VideoStatus.ERROR);
    }

    @Test
    void uploads_a_small_video_at_once() throws Exception {
        var id = VideoUtils.uploadSmallVideoFile(sdk.account("4304"), file, false, null);
        assertThat(sdk.simulator.world().videos("4304")).extracting("id", "title").containsExactly(
                tuple(id, "film.mp4"));
    }

    @Test
    void takes_the_preferred_thumbnail_for_a_creative_that_shows_a_video() throws Exception {
        var account = sdk.account("4305");
        var video = upload(account, file);
        var thumbnail = new AdVideo(video, sdk.context).getThumbnails().requestUriField().requestIsPreferredField()
                .execute().stream().filter(each -> each.getFieldIsPreferred()).findFirst().orElseThrow();
        var bare = new AdCreativeVideoData().setFieldVideoId(video);
        assertThat(outcome(() -> creative(account, bare))).isEqualTo("100/1443226");
        assertThat(creative(account, bare.setFieldImageUrl(thumbnail.getFieldUri())).getId()).hasSize(18);
    }

    private static AdCreative creative(AdAccount account, AdCreativeVideoData video)
            throws APIException {
        return account.createAdCreative().setName("Film")
                .setObjectStorySpec(new AdCreativeObjectStorySpec().setFieldPageId(PAGE).setFieldVideoData(video))
                .execute();
    }

    @Test
    void copies_an_image_to_another_account_and_finds_it_there() throws Exception {
        var picture = Files.write(folder.resolve("picture.png"), Pictures.png(1)).toFile();
        var hash = sdk.account("4306").createAdImage().addUploadFile("file", picture).execute().getFieldHash();
        sdk.account("4307").createAdImage()
                .setCopyFrom("{\"source_account_id\":\"4306\",\"hash\":\"" + hash + "\"}").execute();
        assertThat(sdk.account("4307").getAdImages().requestHashField().requestWidthField().execute())
                .extracting("mHash", "mWidth").containsExactly(tuple(hash, 12L));
    }
}
