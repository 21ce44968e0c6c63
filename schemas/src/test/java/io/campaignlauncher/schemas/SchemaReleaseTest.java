package io.campaignlauncher.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Releases the schemas as they are now, when asked to: {@link SchemaReleases#COMMAND}. */
@EnabledIfSystemProperty(named = "schemas.release", matches = "true")
class SchemaReleaseTest {

    @Test
    void releases_what_has_changed_and_brings_the_contract_and_its_page_up_to_date() throws Exception {
        var releases = new SchemaReleases(SchemaReleases.FOLDER);
        var written = releases.release(CurrentSchemas.messages());
        System.out.println(written.isEmpty() ? "nothing has changed" : "released " + written);
        Files.writeString(AsyncApi.FILE, AsyncApi.withLatest(Files.readString(AsyncApi.FILE), releases));
        Files.writeString(TopicsPage.FILE, TopicsPage.withExamples(Files.readString(TopicsPage.FILE)));
        assertThat(CurrentSchemas.messages()).allMatch(releases::holds);
    }
}
