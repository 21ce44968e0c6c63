package io.campaignlauncher.simulator.core;

import static io.campaignlauncher.simulator.core.Api.ACCOUNT;
import static io.campaignlauncher.simulator.core.Api.hash;
import static io.campaignlauncher.simulator.core.Api.map;
import static io.campaignlauncher.simulator.core.Api.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImagesTest {

    private static final String OTHER_ACCOUNT = "act_2001";

    private final Api api = new Api();

    static Stream<byte[]> pictures() {
        return Stream.concat(Stream.of("png", "gif", "jpeg").map(format -> Pictures.drawn(format, 1)),
                Stream.of("VP8 ", "VP8L", "VP8X").map(Pictures::webp));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void tells_the_type_and_size_of_a_picture_by_its_content(byte[] picture) {
        var uploaded = api.upload(ACCOUNT, "no picture.txt", picture).json().path("images").path("no picture.txt");
        assertThat(uploaded.path("width").asInt()).isEqualTo(12);
        assertThat(uploaded.path("height").asInt()).isEqualTo(7);
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void cannot_process_a_picture_that_ends_in_its_head(byte[] picture) {
        assertThat(outcome(api.upload(ACCOUNT, "a.png", Arrays.copyOf(picture, 9)))).isEqualTo("100/1487197");
    }

    @Test
    void takes_no_other_file() {
        for (var content : new String[]{ "BM  a bitmap", "%PDF-1.7", "<svg/>", "GI" }) {
            assertThat(outcome(api.upload(ACCOUNT, "a.png", content.getBytes()))).as(content).isEqualTo("100/1487411");
        }
        assertThat(outcome(api.upload(ACCOUNT, "a.png", new byte[0]))).isEqualTo("100");
        assertThat(outcome(api.upload(ACCOUNT, "a.png", Arrays.copyOf(Pictures.png(1), 30 * 1024 * 1024 + 1))))
                .isEqualTo("100");
        assertThat(api.simulator.world().images(ACCOUNT)).isEmpty();
    }

    @Test
    void gives_equal_bytes_one_hash_however_they_come_and_another_to_others() {
        var hash = hash(api.upload(ACCOUNT, "a.png", Pictures.png(1)));
        assertThat(hash(api.upload(ACCOUNT, "b.png", Pictures.png(1)))).isEqualTo(hash);
        assertThat(hash(api.post(ACCOUNT + "/adimages", "bytes", Pictures.base64(Pictures.png(1))))).isEqualTo(hash);
        assertThat(api.simulator.world().images(ACCOUNT)).extracting(StoredImage::hash).containsExactly(hash);
        assertThat(hash(api.upload(ACCOUNT, "a.png", Pictures.png(2)))).isNotEqualTo(hash);
    }

    @Test
    void keeps_of_a_name_a_hundred_characters_and_takes_no_longer_one_that_is_asked_for() {
        var longName = "n".repeat(101);
        assertThat(api.upload(ACCOUNT, longName, Pictures.png(1)).json().path("images").path(longName).path("name")
                .asString()).isEqualTo("n".repeat(100));
        assertThat(outcome(api.post(ACCOUNT + "/adimages", "bytes", Pictures.base64(Pictures.png(1)), "name",
                longName))).isEqualTo("100");
    }

    @Test
    void finds_by_hash_what_is_in_this_account_with_the_fields_asked_for() {
        var hash = hash(api.upload(ACCOUNT, "a.png", Pictures.png(1)));
        var found = images(ACCOUNT, hash, "fields", "hash,status,original_width");
        assertThat(found).isEqualTo("[{\"hash\":\"" + hash + "\",\"status\":\"ACTIVE\",\"original_width\":12,\"id\":\""
                + "1001:" + hash + "\"}]");
        assertThat(images(OTHER_ACCOUNT, hash)).isEqualTo("[]");
        assertThat(outcome(api.get(ACCOUNT + "/adimages", "fields", "colour"))).isEqualTo("100");
    }

    @Test
    void copies_an_image_between_accounts_by_its_hash() {
        var hash = hash(api.upload(ACCOUNT, "a.png", Pictures.png(1)));
        var source = "{\"source_account_id\":\"1001\",\"hash\":\"" + hash + "\"}";
        assertThat(hash(api.post(OTHER_ACCOUNT + "/adimages", "copy_from", source))).isEqualTo(hash);
        assertThat(images(OTHER_ACCOUNT, hash, "fields", "id")).contains("\"2001:" + hash);
        assertThat(outcome(api.post(OTHER_ACCOUNT + "/adimages", "copy_from", source.replace(hash, "0"))))
                .isEqualTo("100/2446386");
    }

    @Test
    void deletes_an_image_by_its_hash_once() {
        var hash = hash(api.upload(ACCOUNT, "a.png", Pictures.png(1)));
        var deletion = new SimRequest("DELETE", ACCOUNT + "/adimages", map("hash", hash), Map.of(), Api.TOKEN, "");
        assertThat(outcome(api.simulator.handle(deletion, api.now))).isEqualTo("ok");
        assertThat(outcome(api.simulator.handle(deletion, api.now))).isEqualTo("100/2446386");
    }

    @Test
    void says_of_an_image_that_it_could_not_fetch_that_this_passes() {
        api.simulator.faults().add(Fault.once(FaultTarget.CREATE_IMAGE, FaultEffect.imageNotFetched()));
        var refused = api.upload(ACCOUNT, "a.png", Pictures.png(1));
        assertThat(outcome(refused)).isEqualTo("100/1487833");
        assertThat(Api.error(refused).path("is_transient").asBoolean()).isTrue();
        assertThat(outcome(api.upload(ACCOUNT, "a.png", Pictures.png(1)))).isEqualTo("ok");
    }

    private String images(String account, String hash, String... more) {
        var parameters = map(more);
        parameters.put("hashes", "[\"" + hash + "\"]");
        return Json.write(api.simulator.handle(SimRequest.get(Api.TOKEN, account + "/adimages", parameters), api.now)
                .json().path("data"));
    }
}
