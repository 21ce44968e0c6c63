package io.campaignlauncher.simulator.core;

import static io.campaignlauncher.simulator.core.Api.ACCOUNT;
import static io.campaignlauncher.simulator.core.Api.error;
import static io.campaignlauncher.simulator.core.Api.hash;
import static io.campaignlauncher.simulator.core.Api.id;
import static io.campaignlauncher.simulator.core.Api.map;
import static io.campaignlauncher.simulator.core.Api.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.standin.Commit;
import io.campaignlauncher.standin.Fate;
import io.campaignlauncher.standin.RequestParts.Upload;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class VideosTest {

    private static final String VIDEOS = ACCOUNT + "/advideos";
    private static final String OTHER_ACCOUNT = "act_2001";
    private static final int CHUNK = 1000;

    private final Api api = new Api(GraphRules.DEFAULTS.withVideos(VideoRules.DEFAULTS.withChunkBytes(CHUNK)
            .withEncoding(Duration.ofSeconds(10))));
    private final byte[] film = new byte[2500];

    VideosTest() {
        new Random(1).nextBytes(film);
    }

    /** An upload that has begun. */
    private final class Session {

        final String id;
        final String videoId;

        Session() {
            var started = api.post(VIDEOS, "upload_phase", "start", "file_size", "2500").json();
            assertThat(offsets(started)).isEqualTo("0-1000");
            id = started.path("upload_session_id").asString();
            videoId = started.path("video_id").asString();
        }

        SimReply transfer(int from, int to) {
            return transfer(from, Arrays.copyOfRange(film, from, to));
        }

        SimReply transfer(int offset, byte[] chunk) {
            var parameters = map("upload_phase", "transfer", "upload_session_id", id, "start_offset", "" + offset);
            return api.simulator.handle(new SimRequest("POST", VIDEOS, parameters,
                    Map.of("video_file_chunk", new Upload("chunk", chunk)), Api.TOKEN, ""), api.now);
        }

        Session whole() {
            assertThat(offsets(transfer(0, 1000).json())).isEqualTo("1000-2000");
            assertThat(offsets(transfer(1000, 2000).json())).isEqualTo("2000-2500");
            assertThat(offsets(transfer(2000, 2500).json())).isEqualTo("2500-2500");
            return this;
        }

        SimReply finish() {
            return api.post(VIDEOS, "upload_phase", "finish", "upload_session_id", id, "title", "Film");
        }

        Session finished() {
            assertThat(outcome(whole().finish())).isEqualTo("ok");
            return this;
        }

        StoredVideo stored() {
            return api.simulator.world().videos(ACCOUNT).stream().filter(each -> each.id().equals(videoId)).findFirst()
                    .orElseThrow();
        }

        JsonNode status() {
            return api.get(videoId, "fields", "status").json().path("status");
        }

        /** Of the whole and of its three phases. */
        String phases() {
            var status = status();
            return status.path("video_status").asString() + ": "
                    + status.path("uploading_phase").path("status").asString()
                    + ", " + status.path("processing_phase").path("status").asString() + ", "
                    + status.path("publishing_phase").path("status").asString();
        }
    }

    private static String offsets(JsonNode node) {
        return node.path("start_offset").asString() + "-" + node.path("end_offset").asString();
    }

    private void once(FaultTarget on, FaultEffect effect) {
        api.simulator.faults().add(Fault.once(on, effect));
    }

    @Test
    void takes_a_video_chunk_by_chunk_and_keeps_every_byte_of_it_once() {
        var session = new Session().finished();
        assertThat(session.stored()).isEqualTo(new StoredVideo(session.videoId, "Film", 2500, 2500,
                EntityTag.digest("SHA-256", film), VideoStatus.PROCESSING));
    }

    @Test
    void lists_the_videos_of_an_account_and_those_whose_upload_has_only_begun() {
        new Session().finished();
        new Session();
        assertThat(Json.write(api.get(VIDEOS, "fields", "title").json().path("data")))
                .matches("\\[\\{\"title\":\"\",\"id\":\"\\d+\"},\\{\"title\":\"Film\",\"id\":\"\\d+\"}]");
        assertThat(api.get(OTHER_ACCOUNT + "/advideos").json().path("data")).isEmpty();
    }

    @Test
    void makes_another_video_of_every_start() {
        assertThat(new Session().videoId).isNotEqualTo(new Session().videoId);
    }

    @Test
    void names_the_right_offsets_to_who_sends_at_wrong_ones() {
        var session = new Session();
        session.transfer(0, 1000);
        for (var wrong : new int[]{ 0, 500, 1001, 2500 }) {
            var refused = session.transfer(wrong, new byte[10]);
            assertThat(outcome(refused)).isEqualTo("6001/1363037");
            assertThat(error(refused).path("error_data").toString())
                    .isEqualTo("{\"start_offset\":1000,\"end_offset\":2000}");
        }
        assertThat(session.stored().received()).isEqualTo(1000);
    }

    @Test
    void takes_a_chunk_whose_answer_is_lost_and_says_so_to_who_sends_it_again() {
        var session = new Session();
        once(FaultTarget.TRANSFER_CHUNK, FaultEffect.replyLost());
        assertThat(outcome(session.transfer(0, 1000))).isEqualTo("CONNECTION_CLOSED");
        assertThat(offsets(error(session.transfer(0, 1000)).path("error_data"))).isEqualTo("1000-2000");
    }

    @Test
    void has_nothing_of_a_chunk_that_was_lost_on_its_way() {
        var session = new Session();
        once(FaultTarget.TRANSFER_CHUNK, FaultEffect.requestLost());
        session.transfer(0, 1000);
        session.finished();
        assertThat(session.stored().sha256()).isEqualTo(EntityTag.digest("SHA-256", film));
    }

    @Test
    void has_half_of_a_chunk_whose_connection_broke() {
        var session = new Session();
        once(FaultTarget.TRANSFER_CHUNK, new FaultEffect.ChunkCut(50));
        once(FaultTarget.TRANSFER_CHUNK, FaultEffect.replyLost());
        assertThat(session.transfer(0, 1000).fate()).isEqualTo(Fate.CONNECTION_CLOSED);
        assertThat(offsets(error(session.transfer(0, 1000)).path("error_data"))).isEqualTo("500-1500");
        assertThat(offsets(session.transfer(500, 2500).json())).isEqualTo("2500-2500");
        assertThat(session.stored().sha256()).isEqualTo(EntityTag.digest("SHA-256", film));
    }

    @Test
    void takes_a_chunk_late_whose_sender_gave_up() {
        var session = new Session();
        once(FaultTarget.TRANSFER_CHUNK, FaultEffect.committedLate(Duration.ofSeconds(5)));
        session.transfer(0, 1000);
        assertThat(session.stored().received()).isZero();
        api.passes(Duration.ofSeconds(5));
        assertThat(session.stored().received()).isEqualTo(1000);
    }

    @Test
    void says_that_it_took_a_chunk_which_it_lost() {
        var session = new Session();
        once(FaultTarget.TRANSFER_CHUNK, new FaultEffect.SilentFailure());
        assertThat(offsets(session.transfer(0, 1000).json())).isEqualTo("1000-2000");
        assertThat(offsets(error(session.transfer(1000, 2000)).path("error_data"))).isEqualTo("0-1000");
    }

    @Test
    void breaks_for_a_moment_in_every_phase() {
        var session = new Session();
        once(FaultTarget.TRANSFER_CHUNK, new FaultEffect.ServerError(Commit.never()));
        assertThat(error(session.transfer(0, 1000)).path("is_transient").asBoolean()).isTrue();
        session.whole();
        once(FaultTarget.FINISH_VIDEO, new FaultEffect.ServerError(Commit.atOnce()));
        assertThat(outcome(session.finish())).isEqualTo("2");
        assertThat(session.phases()).startsWith("processing: complete");
        assertThat(outcome(session.finish())).isEqualTo("ok");
    }

    @Test
    void takes_no_chunk_that_is_empty_or_longer_than_the_file_or_missing() {
        var session = new Session();
        assertThat(outcome(session.transfer(0, new byte[0]))).isEqualTo("6001/1363033");
        assertThat(outcome(session.transfer(0, new byte[2501]))).isEqualTo("6000/1363045");
        assertThat(outcome(api.post(VIDEOS, "upload_phase", "transfer", "upload_session_id", session.id,
                "start_offset", "0"))).isEqualTo("100");
        assertThat(session.stored().received()).isZero();
    }

    @Test
    void finishes_nothing_that_is_not_whole() {
        var session = new Session();
        session.transfer(0, 1000);
        assertThat(outcome(session.finish())).isEqualTo("6000/1363045");
        assertThat(session.phases()).isEqualTo("processing: in_progress, not_started, not_started");
        assertThat(session.status().path("uploading_phase").path("bytes_transferred").asInt()).isEqualTo(1000);
    }

    @Test
    void finishes_once_however_often_it_is_asked_to() {
        var session = new Session().finished();
        api.passes(Duration.ofSeconds(10));
        assertThat(outcome(session.finish())).isEqualTo("ok");
        assertThat(session.stored().status()).isEqualTo(VideoStatus.READY);
    }

    @Test
    void forgets_a_session_that_is_silent_for_too_long() {
        var session = new Session();
        session.transfer(0, 1000);
        api.passes(VideoRules.DEFAULTS.sessionLife().minusSeconds(1));
        session.transfer(1000, 2000);
        api.passes(VideoRules.DEFAULTS.sessionLife());
        assertThat(outcome(session.transfer(2000, 2500))).isEqualTo("6000/1363030");
        assertThat(outcome(session.finish())).isEqualTo("6000/1363030");
        assertThat(session.phases()).isEqualTo("expired: error, not_started, not_started");
    }

    @Test
    void ends_a_session_when_told_to() {
        var session = new Session();
        once(FaultTarget.TRANSFER_CHUNK, new FaultEffect.SessionExpired());
        assertThat(outcome(session.transfer(0, 1000))).isEqualTo("6000/1363030");
        assertThat(outcome(session.transfer(0, 1000))).isEqualTo("6000/1363030");
    }

    @Test
    void knows_a_session_in_its_own_account_alone() {
        var session = new Session();
        assertThat(outcome(api.post(OTHER_ACCOUNT + "/advideos", "upload_phase", "finish", "upload_session_id",
                session.id))).isEqualTo("100");
        assertThat(outcome(api.post(VIDEOS, "upload_phase", "cancel", "upload_session_id", session.id)))
                .isEqualTo("ok");
        assertThat(outcome(session.transfer(0, 1000))).isEqualTo("100");
        assertThat(api.simulator.world().videos(ACCOUNT)).isEmpty();
    }

    @Test
    void starts_nothing_of_a_size_that_no_video_has() {
        for (var size : new String[]{ "1023", "10737418241", "x", "" }) {
            assertThat(outcome(api.post(VIDEOS, "upload_phase", "start", "file_size", size))).as(size)
                    .isIn("100", "6000/1363022", "6000/1363023");
        }
        assertThat(outcome(api.post(VIDEOS, "upload_phase", "pause"))).isEqualTo("100");
        assertThat(api.simulator.world().videos(ACCOUNT)).isEmpty();
    }

    @Test
    void takes_a_whole_file_at_once_if_its_name_tells_a_format() {
        assertThat(outcome(whole("film"))).isEqualTo("352/1363024");
        var id = id(whole("film.mp4"));
        assertThat(api.simulator.world().videos(ACCOUNT)).containsExactly(new StoredVideo(id, "film.mp4", 2500, 2500,
                EntityTag.digest("SHA-256", film), VideoStatus.PROCESSING));
        assertThat(outcome(api.post(VIDEOS, "file_url", "https://example.com/film.mp4"))).isEqualTo("389");
    }

    private SimReply whole(String fileName) {
        return api.simulator.handle(new SimRequest("POST", VIDEOS, Map.of(),
                Map.of("source", new Upload(fileName, film)), Api.TOKEN, ""), api.now);
    }

    @Test
    void encodes_for_a_while_and_has_thumbnails_from_then_on_of_which_one_is_preferred() {
        var session = new Session().finished();
        api.passes(Duration.ofSeconds(5));
        assertThat(session.phases()).isEqualTo("processing: complete, in_progress, not_started");
        assertThat(session.status().path("processing_progress").asInt()).isEqualTo(50);
        assertThat(thumbnails(session)).isEmpty();
        api.passes(Duration.ofSeconds(5));
        assertThat(session.phases()).isEqualTo("ready: complete, complete, complete");
        assertThat(thumbnails(session).valueStream().filter(each -> each.path("is_preferred").asBoolean())).hasSize(1);
        var read = api.get(session.videoId, "fields", "title,picture,thumbnails{uri,is_preferred}").json();
        var preferred = read.path("thumbnails").path("data").get(1);
        assertThat(read.path("picture").asString()).isEqualTo(preferred.path("uri").asString());
        assertThat(preferred.propertyNames()).containsExactly("uri", "is_preferred", "id");
    }

    @Test
    void encodes_slowly_or_in_vain_or_for_ever_when_told_to() {
        once(FaultTarget.FINISH_VIDEO, new FaultEffect.Encoding(Duration.ofHours(1), EncodingEnd.READY));
        var slow = new Session().finished();
        once(FaultTarget.FINISH_VIDEO, new FaultEffect.Encoding(Duration.ofSeconds(1), EncodingEnd.ERROR));
        var failing = new Session().finished();
        once(FaultTarget.FINISH_VIDEO, new FaultEffect.Encoding(Duration.ZERO, EncodingEnd.NEVER));
        var stuck = new Session().finished();
        api.passes(Duration.ofMinutes(59));
        assertThat(slow.phases()).startsWith("processing:");
        assertThat(failing.phases()).isEqualTo("error: complete, error, not_started");
        assertThat(failing.status().path("processing_phase").path("errors").get(0).path("message").asString())
                .isNotEmpty();
        api.passes(Duration.ofDays(30));
        assertThat(slow.phases()).startsWith("ready:");
        assertThat(stuck.phases()).startsWith("processing: complete, in_progress");
        assertThat(creative(ACCOUNT, failing.videoId, thumbnail())).isEqualTo("100");
        assertThat(creative(ACCOUNT, stuck.videoId, thumbnail())).isEqualTo("100/1885252");
    }

    private JsonNode thumbnails(Session session) {
        return api.get(session.videoId + "/thumbnails").json().path("data");
    }

    @Test
    void lets_a_creative_show_a_video_that_is_ready_with_a_thumbnail_in_its_own_account() {
        var begun = new Session();
        assertThat(creative(ACCOUNT, begun.videoId, thumbnail())).isEqualTo("100/1885252");
        var session = new Session().finished();
        assertThat(creative(ACCOUNT, session.videoId, thumbnail())).isEqualTo("100/1885252");
        api.passes(Duration.ofSeconds(10));
        assertThat(creative(ACCOUNT, session.videoId, thumbnail())).isEqualTo("ok");
        assertThat(creative(ACCOUNT, session.videoId, "")).isEqualTo("100/1443226");
        assertThat(creative(ACCOUNT, session.videoId, ",\"image_hash\":\"0\"")).isEqualTo("100/2446386");
        assertThat(creative(ACCOUNT, session.videoId,
                ",\"image_hash\":\"" + hash(api.upload(ACCOUNT, "a.png", Pictures.png(1))) + "\"")).isEqualTo("ok");
        assertThat(creative(OTHER_ACCOUNT, session.videoId, thumbnail())).isEqualTo("100");
        assertThat(creative(ACCOUNT, "77", thumbnail())).isEqualTo("100");
        assertThat(outcome(api.post(ACCOUNT + "/adcreatives", "video_id", "77"))).isEqualTo("100");
        api.delete(session.videoId);
        assertThat(creative(ACCOUNT, session.videoId, thumbnail())).isEqualTo("100");
    }

    private static String thumbnail() {
        return ",\"image_url\":\"https://example.com/a.jpg\"";
    }

    private String creative(String account, String video, String more) {
        return outcome(api.post(account + "/adcreatives", "object_story_spec",
                "{\"page_id\":\"1000000001\",\"video_data\":{\"video_id\":\"" + video + "\"" + more + "}}"));
    }
}
