package io.campaignlauncher.telegram.simulator.core;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** Photos that come as a file, as the id of one that is known, or as an address. The same bytes are the same photo. */
final class Photos {

    private static final int BYTES_MAX = 10 * 1024 * 1024;
    private static final int URL_BYTES_MAX = 5 * 1024 * 1024;
    private static final int SIDES_MAX = 10_000;
    private static final int RATIO_MAX = 20;
    private static final Pattern ADDRESS = Pattern.compile("https?://.+", Pattern.CASE_INSENSITIVE);

    private final TelegramState state;

    Photos(TelegramState state) {
        this.state = state;
    }

    PhotoFile of(Call call) {
        var parameters = call.parameters();
        var upload = parameters.file("photo");
        if (upload.isPresent()) {
            var bytes = upload.get().bytes();
            if (bytes.length > BYTES_MAX) {
                throw Refusal.bad("file of size " + bytes.length + " bytes is too big for a photo; the maximum size is "
                        + BYTES_MAX + " bytes");
            }
            return stored(bytes, call.bot(), "IMAGE_PROCESS_FAILED");
        }
        var given = parameters.text("photo");
        if (given.isEmpty()) {
            throw Refusal.bad("there is no photo in the request");
        }
        if (ADDRESS.matcher(given).matches()) {
            var bytes = state.webFiles.get(given);
            if (bytes == null || bytes.length > URL_BYTES_MAX) {
                throw Refusal.bad("failed to get HTTP URL content");
            }
            return stored(bytes, call.bot(), "wrong type of the web page content");
        }
        var known = state.files.get(given.endsWith("-s") ? given.substring(0, given.length() - 2) : given);
        if (known == null || !known.id().startsWith(prefix(call.bot()))) {
            throw Refusal.bad("wrong file identifier/HTTP URL specified");
        }
        return known;
    }

    private PhotoFile stored(byte[] bytes, Bot bot, String noImage) {
        try {
            var image = ImageIO.read(new ByteArrayInputStream(bytes));
            if (image == null) {
                throw Refusal.bad(noImage);
            }
            int width = image.getWidth();
            int height = image.getHeight();
            if (width + height > SIDES_MAX || Math.max(width, height) > RATIO_MAX * Math.min(width, height)) {
                throw Refusal.bad("PHOTO_INVALID_DIMENSIONS");
            }
            var unique = fingerprint(bytes);
            var file = new PhotoFile(prefix(bot) + unique, unique, width, height, bytes.length);
            state.files.put(file.id(), file);
            return file;
        } catch (IOException e) {
            throw Refusal.bad(noImage);
        }
    }

    private static String prefix(Bot bot) {
        return "AgACAgQ" + bot.id + "x";
    }

    private static String fingerprint(byte[] bytes) {
        try {
            return "AQAD" + Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes), 12));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
