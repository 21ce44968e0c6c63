package io.campaignlauncher.simulator.core;

import io.campaignlauncher.standin.RequestParts.Upload;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /act_x/advideos}: a session of start, chunks and finish, or a whole file at once. Every start makes
 * another video. The errors are those of the Video API's reference and of what clients report.
 */
final class Videos {

    private static final Set<String> PHASES = Set.of("start", "transfer", "finish", "cancel");
    private static final String CHUNK = "video_file_chunk";
    private static final String SESSION = "upload_session_id";
    private static final long BYTES_MIN = 1024;
    private static final long BYTES_MAX = 10L * 1024 * 1024 * 1024;

    private final GraphWorld world;
    private final Store store;
    private final ParsedJson json;

    Videos(GraphWorld world, Store store, ParsedJson json) {
        this.world = world;
        this.store = store;
        this.json = json;
    }

    ObjectNode upload(Call call, Account account, Context context) {
        var inputs = new Inputs(call.parameters(), json);
        var phase = inputs.oneOf("upload_phase", PHASES);
        return switch (phase == null ? "" : phase) {
            case "start" -> start(account, inputs, context);
            case "transfer" -> transfer(account, inputs, call.files().get(CHUNK), context);
            case "finish" -> finish(account, inputs, context);
            case "cancel" -> cancel(account, inputs, context);
            default -> whole(call, account, inputs, context);
        };
    }

    private ObjectNode start(Account account, Inputs inputs, Context context) {
        inputs.required("file_size");
        var size = inputs.money("file_size");
        var video = created(account, "", checked(size == null ? 0 : size), context);
        var session = Long.toString(world.ids.next());
        if (!video.phantom) {
            account.uploads.put(session, video);
        }
        return offsets(0, account, upload(video)).put(SESSION, session).put("video_id", video.id());
    }

    private static long checked(long size) {
        if (size < BYTES_MIN) {
            throw refused(6000, 1363022, "The video you tried to upload is too small. The minimum size is 1 KB.");
        }
        if (size > BYTES_MAX) {
            throw refused(6000, 1363023, "The video you tried to upload is too large. The maximum size is 10 GB.");
        }
        return size;
    }

    private GraphObject created(Account account, String title, long size, Context context) {
        var object = new GraphObject(ObjectKind.VIDEO, world.ids.next(), account, null, null, title,
                GraphObject.Status.ACTIVE, Map.of(), context.now());
        object.video = new Video(size, account.rules.videos().sessionLife(), context.now());
        store.put(object, context, Set.of());
        return object;
    }

    private ObjectNode transfer(Account account, Inputs inputs, @Nullable Upload chunk, Context context) {
        var video = upload(session(account, inputs, context));
        inputs.required("start_offset");
        var offset = inputs.money("start_offset");
        if (chunk == null) {
            throw GraphRefusal.missing(CHUNK);
        }
        if (offset == null || offset != video.received() || video.isFinished()) {
            throw refused(6001, 1363037, "There was a problem uploading your video. Please try again.")
                    .with(errorData(account, video));
        }
        int length = chunk.bytes().length;
        if (length == 0) {
            throw refused(6001, 1363033, "There was a problem uploading your video. Please try uploading it again.");
        }
        if (length > video.size - video.received()) {
            throw sizeDiffers();
        }
        if (context.has(FaultEffect.SilentFailure.class)) {
            return offsets(video.received() + length, account, video);
        }
        var cut = context.first(FaultEffect.ChunkCut.class);
        video.take(chunk.bytes(), cut == null ? length : (int) ((long) length * cut.percent() / 100), context.now());
        return offsets(video.received(), account, video);
    }

    private ObjectNode finish(Account account, Inputs inputs, Context context) {
        var object = session(account, inputs, context);
        var video = upload(object);
        if (!video.isComplete()) {
            throw sizeDiffers();
        }
        if (!video.isFinished() && !context.has(FaultEffect.SilentFailure.class)) {
            var title = inputs.text("title");
            world.rename(object, title == null ? object.name : title);
            encode(video, account, context);
        }
        return Json.success();
    }

    private ObjectNode cancel(Account account, Inputs inputs, Context context) {
        var object = session(account, inputs, context);
        account.uploads.values().remove(object);
        world.delete(object, context.now());
        return Json.success();
    }

    private static void encode(Video video, Account account, Context context) {
        var ordered = context.first(FaultEffect.Encoding.class);
        Duration takes = ordered == null ? account.rules.videos().encoding() : ordered.takes();
        video.finish(takes, ordered == null ? EncodingEnd.READY : ordered.end(), context.now());
    }

    /** A file under any name but that of a thumbnail. */
    private ObjectNode whole(Call call, Account account, Inputs inputs, Context context) {
        if (inputs.has("file_url")) {
            throw GraphRefusal.of(400, 389, null, "(#389) Unable to fetch video file from URL.");
        }
        var file = call.files().entrySet().stream().filter(each -> !each.getKey().equals("thumb")).findFirst()
                .orElseThrow(() -> GraphRefusal.missing("source")).getValue();
        if (file.fileName().indexOf('.') < 0) {
            throw refused(352, 1363024, "The video file that you selected is in a format that we don't support.");
        }
        var title = inputs.text("title");
        var object = created(account, title == null ? file.fileName() : title, checked(file.bytes().length), context);
        var video = upload(object);
        video.take(file.bytes(), file.bytes().length, context.now());
        encode(video, account, context);
        return Json.id(object.id());
    }

    private static GraphObject session(Account account, Inputs inputs, Context context) {
        var found = account.uploads.get(inputs.required(SESSION));
        if (found == null || found.isDeleted()) {
            throw GraphRefusal.invalid("Param " + SESSION + " names no upload session of this account")
                    .blaming(SESSION);
        }
        var video = upload(found);
        if (context.has(FaultEffect.SessionExpired.class)) {
            video.expire();
        }
        if (video.isExpired(context.now())) {
            throw refused(6000, 1363030, "Your video upload timed out before it could be completed.");
        }
        return found;
    }

    /** What to send next, as texts; nothing where both are equal. */
    private static ObjectNode offsets(long from, Account account, Video video) {
        return Json.object().put("start_offset", Long.toString(from))
                .put("end_offset", Long.toString(end(from, account, video)));
    }

    /** The same within an error, as numbers. */
    private static ObjectNode errorData(Account account, Video video) {
        return Json.object().put("start_offset", video.received())
                .put("end_offset", end(video.received(), account, video));
    }

    private static long end(long from, Account account, Video video) {
        return Math.min(video.size, from + account.rules.videos().chunkBytes());
    }

    private static Video upload(GraphObject object) {
        if (object.video == null) {
            throw new IllegalStateException("no video: " + object.id());
        }
        return object.video;
    }

    private static GraphRefusal sizeDiffers() {
        return refused(6000, 1363045,
                "There was a problem uploading your video file. Please try again with another file.");
    }

    private static GraphRefusal refused(int code, int subcode, String message) {
        return GraphRefusal.of(400, code, subcode, message).user("Error Uploading Video", message);
    }
}
