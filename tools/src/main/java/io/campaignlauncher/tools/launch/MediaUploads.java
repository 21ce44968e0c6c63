package io.campaignlauncher.tools.launch;

import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.tools.events.OperationRefused;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/** The images and videos that a file names, from the folder where they lie to the ad account. */
public final class MediaUploads {

    private static final int CONFLICT = 409;
    /** So often the service may want to go on where it wanted to go on before. */
    private static final int WITHOUT_PROGRESS_MAX = 5;

    private final ServiceApi api;
    private final String adAccountId;
    private final String credentialId;
    private final String upload;

    /** @param upload the name under which the files belong together */
    public MediaUploads(ServiceApi api, String adAccountId, String credentialId, String upload) {
        this.api = api;
        this.adAccountId = adAccountId;
        this.credentialId = credentialId;
        this.upload = upload;
    }

    /** A file that ads show, and where it is. */
    public record Found(Path path, LaunchedFile.MediaName media) {

        /** @return bytes */
        public long size() {
            try {
                return Files.size(path);
            } catch (IOException e) {
                throw unreadable(path);
            }
        }
    }

    /**
     * @param folder never left: a name that leads out of it is not there
     * @throws OperationRefused that names every one that is not there
     */
    public static List<Found> find(Path folder, List<LaunchedFile.MediaName> names) {
        var root = folder.toAbsolutePath().normalize();
        var found = new ArrayList<Found>();
        var missing = new ArrayList<String>();
        for (var media : names) {
            var path = root.resolve(media.name()).normalize();
            if (path.startsWith(root) && Files.isRegularFile(path)) {
                found.add(new Found(path, media));
            } else {
                missing.add(PlainText.oneLine(media.name()));
            }
        }
        if (!missing.isEmpty()) {
            throw new OperationRefused("not in " + folder + ": " + String.join(", ", missing));
        }
        return found;
    }

    /** @param sent told how many bytes of it are there, again and again */
    public void upload(Found file, LongConsumer sent) throws InterruptedException {
        if (file.media().video()) {
            video(file, sent);
        } else {
            image(file, sent);
        }
    }

    private void image(Found file, LongConsumer sent) throws InterruptedException {
        var answer = api.send("POST", "/v1/media/images", Map.of("adAccountId", adAccountId, "credentialId",
                credentialId, "name", file.media().name(), "upload", upload), () -> LaunchedFile.of(file.path()),
                Set.of());
        var refused = answer.body().path("accounts").path(0).path("error");
        if (!refused.isMissingNode() && !refused.isNull()) {
            throw new OperationRefused(PlainText.oneLine(file.media().name() + ": "
                    + refused.path("message").asString(refused.toString())));
        }
        sent.accept(file.size());
    }

    private void video(Found file, LongConsumer sent) throws InterruptedException {
        var sha256 = sha256(file.path());
        long size = file.size();
        var where = "/v1/media/videos/" + ServiceApi.encoded(adAccountId) + "/" + sha256;
        var state = api.post("/v1/media/videos", Map.of("adAccountId", adAccountId, "credentialId", credentialId,
                "sha256", sha256, "bytes", size, "name", file.media().name(), "upload", upload)).body();
        int withoutProgress = 0;
        while ("UPLOADING".equals(state.path("state").asString(""))) {
            long offset = state.path("offset").asLong();
            sent.accept(offset);
            var chunk = chunk(file.path(), offset, state.path("end").asLong());
            state = api.send("PUT", where, Map.of("offset", Long.toString(offset), "credentialId", credentialId),
                    () -> BodyPublishers.ofByteArray(chunk), Set.of(CONFLICT)).body();
            withoutProgress = state.path("offset").asLong() > offset ? 0 : withoutProgress + 1;
            if (withoutProgress > WITHOUT_PROGRESS_MAX) {
                throw new OperationRefused(PlainText.oneLine(file.media().name() + " does not get on at byte "
                        + offset));
            }
        }
        refuse(file, state);
        sent.accept(size);
    }

    private static void refuse(Found file, JsonNode state) {
        var word = state.path("state").asString("");
        if (word.equals("ERROR") || word.equals("EXPIRED") || word.isEmpty()) {
            throw new OperationRefused(PlainText.oneLine(file.media().name() + " was not taken: " + state));
        }
    }

    private static byte[] chunk(Path path, long offset, long end) {
        var bytes = ByteBuffer.allocate(Math.toIntExact(end - offset));
        try (var channel = FileChannel.open(path)) {
            while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
                // Goes on to the end of the chunk.
            }
        } catch (IOException e) {
            throw unreadable(path);
        }
        if (bytes.hasRemaining()) {
            throw new OperationRefused(path + " has become shorter");
        }
        return bytes.array();
    }

    private static String sha256(Path path) {
        try (var content = new DigestInputStream(Files.newInputStream(path), MessageDigest.getInstance("SHA-256"))) {
            content.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(content.getMessageDigest().digest());
        } catch (IOException e) {
            throw unreadable(path);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static OperationRefused unreadable(Path path) {
        return new OperationRefused("cannot read " + path);
    }
}
