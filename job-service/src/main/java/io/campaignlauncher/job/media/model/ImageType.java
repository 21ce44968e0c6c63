package io.campaignlauncher.job.media.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The images that Facebook takes. What one is is told by its first bytes, and never by its name. */
public enum ImageType {

    JPEG("image/jpeg", "jpg"), PNG("image/png", "png"), GIF("image/gif", "gif"), WEBP("image/webp", "webp");

    /** Of an image: so many bytes tell what it is. */
    public static final int HEAD_BYTES = 64;

    private static final String PNG_BEGIN = "89504e470d0a1a0a";
    private static final String JPEG_BEGIN = "ffd8ff";
    private static final int CONTAINER_TYPE_AT = 8;
    private static final int BOX_TYPE_AT = 4;

    private final String mimeType;
    private final String extension;

    ImageType(String mimeType, String extension) {
        this.mimeType = mimeType;
        this.extension = extension;
    }

    public String mimeType() {
        return mimeType;
    }

    public String extension() {
        return extension;
    }

    /** @param head the first {@link #HEAD_BYTES} of the file, or all of a shorter one */
    public static Optional<ImageType> of(byte[] head) {
        if (begins(head, PNG_BEGIN)) {
            return Optional.of(PNG);
        }
        if (begins(head, JPEG_BEGIN)) {
            return Optional.of(JPEG);
        }
        if (has(head, 0, "GIF87a") || has(head, 0, "GIF89a")) {
            return Optional.of(GIF);
        }
        return has(head, 0, "RIFF") && has(head, CONTAINER_TYPE_AT, "WEBP") ? Optional.of(WEBP) : Optional.empty();
    }

    /** What the beginning of a file looks like that is none of them, in words. */
    public static String looksLike(byte[] head) {
        if (has(head, BOX_TYPE_AT, "ftyp")) {
            return has(head, CONTAINER_TYPE_AT, "heic") || has(head, CONTAINER_TYPE_AT, "heix")
                    || has(head, CONTAINER_TYPE_AT, "mif1") ? "HEIC"
                            : has(head, CONTAINER_TYPE_AT, "avif") ? "AVIF" : "a video";
        }
        if (has(head, 0, "%PDF")) {
            return "a PDF";
        }
        if (has(head, 0, "8BPS")) {
            return "a Photoshop file";
        }
        if (has(head, 0, "BM")) {
            return "a BMP";
        }
        var known = knownToTheJdk(head);
        return !known.isEmpty() ? known : isText(head) ? "text" : "nothing that is known here";
    }

    private static String knownToTheJdk(byte[] head) {
        try {
            var type = URLConnection.guessContentTypeFromStream(new ByteArrayInputStream(head));
            return type == null ? "" : type;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isText(byte[] head) {
        for (byte one : head) {
            if (one >= 0 && one < ' ' && one != '\n' && one != '\r' && one != '\t') {
                return false;
            }
        }
        return head.length > 0;
    }

    private static boolean begins(byte[] head, String hex) {
        var begin = HexFormat.of().parseHex(hex);
        return Arrays.equals(Arrays.copyOf(head, Math.min(head.length, begin.length)), begin);
    }

    private static boolean has(byte[] head, int at, String text) {
        return head.length >= at + text.length()
                && new String(head, at, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }
}
