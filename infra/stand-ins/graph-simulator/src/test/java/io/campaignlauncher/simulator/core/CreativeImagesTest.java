package io.campaignlauncher.simulator.core;

import static io.campaignlauncher.simulator.core.Api.ACCOUNT;
import static io.campaignlauncher.simulator.core.Api.hash;
import static io.campaignlauncher.simulator.core.Api.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a creative can name an image, it can name those of its own account and no others. */
class CreativeImagesTest {

    private static final String OTHER_ACCOUNT = "act_2001";

    private final Api api = new Api();

    @ParameterizedTest
    @ValueSource(strings = {
        "object_story_spec={'page_id':'1000000001','link_data':{'link':'https://example.com','image_hash':'HASH'}}",
        "object_story_spec={'page_id':'1000000001','link_data':{'link':'https://example.com',"
                + "'child_attachments':[{'image_hash':'HASH'}]}}",
        "object_story_spec={'page_id':'1000000001','photo_data':{'image_hash':'HASH'}}",
        "object_story_spec={'page_id':'1000000001','template_data':{'image_hash':'HASH'}}",
        "asset_feed_spec={'images':[{'hash':'HASH'}]}", "asset_feed_spec={'videos':[{'thumbnail_hash':'HASH'}]}",
        "image_hash=HASH" })
    void takes_an_image_of_its_own_account_and_refuses_that_of_another(String creative) {
        var hash = hash(api.upload(ACCOUNT, "a.png", Pictures.png(1)));
        var parts = creative.replace("HASH", hash).split("=", 2);
        assertThat(outcome(api.post(OTHER_ACCOUNT + "/adcreatives", parts))).isEqualTo("100/2446386");
        assertThat(outcome(api.post(ACCOUNT + "/adcreatives", parts))).isEqualTo("ok");
        api.upload(OTHER_ACCOUNT, "b.png", Pictures.png(1));
        assertThat(outcome(api.post(OTHER_ACCOUNT + "/adcreatives", parts))).isEqualTo("ok");
    }
}
