package io.campaignlauncher.job.media.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTypeTest {

    @ParameterizedTest
    @CsvSource({ "89504e470d0a1a0a00,PNG", "ffd8ffe0,JPEG", "ffd8ffdb,JPEG", "ffd8ffe1,JPEG", "474946383761,GIF",
        "474946383961,GIF", "524946460000000057454250,WEBP" })
    void is_told_by_the_first_bytes(String hex, ImageType type) {
        assertThat(ImageType.of(HexFormat.of().parseHex(hex))).hasValue(type);
    }

    @ParameterizedTest
    @CsvSource({ "524946460000000041564920,another RIFF", "524946460000000057454,cut off", "ffd8,cut off",
        "89504e47,cut off", "4749463838,another version", "'',nothing" })
    void is_none_where_they_are_others_or_too_few(String hex, String why) {
        var bytes = HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : hex + "0");
        assertThat(ImageType.of(bytes)).as(why).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "0000001c66747970686569630000,HEIC", "0000001c66747970617669660000,AVIF",
        "0000001c6674797069736f6d0000,a video", "255044462d312e37,a PDF", "3842505300010000,a Photoshop file",
        "424d36000000,a BMP", "49492a00,image/tiff", "0001020304,nothing that is known here",
        "'',nothing that is known here" })
    void says_what_else_it_looks_like(String hex, String words) {
        assertThat(ImageType.looksLike(HexFormat.of().parseHex(hex))).isEqualTo(words);
    }

    @Test
    void tells_text_from_all_else() {
        assertThat(ImageType.looksLike("just\r\n\twords, ümlauts too".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("text");
    }
}
