package io.campaignlauncher.launchfile;

import static io.campaignlauncher.launchfile.Files.BERLIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LaunchFileTemplateTest {

    @Test
    void its_example_can_be_launched_as_it_is_and_is_the_same_in_both_forms() throws Exception {
        var csv = new ByteArrayOutputStream();
        var xlsx = new ByteArrayOutputStream();
        LaunchFileTemplate.writeCsv(csv);
        LaunchFileTemplate.writeXlsx(xlsx);
        var fromCsv = (LaunchFile.Preview) Files.read(csv.toByteArray(), BERLIN, false);
        var fromXlsx = (LaunchFile.Preview) Files.read(xlsx.toByteArray(), BERLIN, false);

        assertThat(fromCsv.mistakes()).isEmpty();
        assertThat(fromCsv.launchable()).isTrue();
        assertThat(Arrays.copyOf(csv.toByteArray(), 3)).isEqualTo(new byte[]{ (byte) 0xEF, (byte) 0xBB, (byte) 0xBF });
        assertThat(fromXlsx.mistakes()).isEmpty();
        assertThat(fromXlsx.campaigns()).extracting(LaunchFile.Campaign::launch)
                .isEqualTo(fromCsv.campaigns().stream().map(LaunchFile.Campaign::launch).toList());
        assertThat(fromCsv.campaigns().getFirst().launch().path("pixelId").stringValue()).isEqualTo("2000000001");
    }
}
