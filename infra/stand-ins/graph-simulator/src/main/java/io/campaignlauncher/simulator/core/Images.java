package io.campaignlauncher.simulator.core;

import io.campaignlauncher.standin.RequestParts.Upload;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST} and {@code DELETE /act_x/adimages}. Equal bytes have the same hash, so a repeated upload changes
 * nothing. A hash is good in the account that it was uploaded or copied to, and in no other. Of an image nothing is
 * kept but its hash and its size.
 */
final class Images {

    private static final int BYTES_MAX = 30 * 1024 * 1024;
    private static final int NAME_MAX = 100;

    private final GraphWorld world;
    private final ParsedJson json;

    Images(GraphWorld world, ParsedJson json) {
        this.world = world;
        this.json = json;
    }

    /** What a batch answers to an upload: there it fails, while the same alone goes well. */
    static GraphRefusal notInABatch(Call call) {
        return call.files().isEmpty() ? PictureHead.unreadable() : PictureHead.unknownType();
    }

    ObjectNode upload(Call call, Account account, Context context) {
        var inputs = new Inputs(call.parameters(), json);
        var answer = Json.object();
        var images = answer.putObject("images");
        var source = inputs.tree("copy_from");
        if (source != null) {
            var copied = copy(source, account, context);
            images.set(copied.path("hash").asString(""), copied);
        }
        var bytes = inputs.text("bytes");
        if (bytes != null) {
            images.set("bytes", store(account, name(inputs, "bytes"), decoded(bytes), context));
        }
        for (var file : call.files().values()) {
            images.set(file.fileName(), store(account, name(inputs, file.fileName()), file, context));
        }
        if (images.isEmpty()) {
            throw GraphRefusal.invalid("An image file or bytes is required").blaming("bytes");
        }
        return answer;
    }

    private static byte[] decoded(String bytes) {
        try {
            return Base64.getMimeDecoder().decode(bytes);
        } catch (IllegalArgumentException e) {
            throw GraphRefusal.invalid("Param bytes must be base64").blaming("bytes");
        }
    }

    /** A name that is given must fit; that of a file is cut. */
    private static String name(Inputs inputs, String ofFile) {
        var given = inputs.text("name");
        if (given == null || given.isEmpty()) {
            return ofFile.substring(0, Math.min(NAME_MAX, ofFile.length()));
        }
        if (given.length() > NAME_MAX) {
            throw GraphRefusal.invalid("Param name must be at most " + NAME_MAX + " characters long").blaming("name");
        }
        return given;
    }

    private static ObjectNode store(Account account, String name, Upload file, Context context) {
        return store(account, name, file.bytes(), context);
    }

    private static ObjectNode store(Account account, String name, byte[] bytes, Context context) {
        if (bytes.length == 0) {
            throw GraphRefusal.invalid("The image is empty").blaming("bytes");
        }
        if (bytes.length > BYTES_MAX) {
            throw GraphRefusal.invalid("The image is larger than " + BYTES_MAX + " bytes").blaming("bytes");
        }
        var head = PictureHead.of(bytes);
        var hash = EntityTag.digest("MD5", bytes);
        var image = Json.object().put("hash", hash).put("name", name).put("url", "https://scontent.example/" + hash)
                .put("url_128", "https://scontent.example/128/" + hash)
                .put("permalink_url", "https://www.facebook.example/ads/image/?d=" + hash)
                .put("width", head.width()).put("height", head.height())
                .put("original_width", head.width()).put("original_height", head.height());
        return store(account, image, bytes.length, context);
    }

    private static ObjectNode store(Account account, ObjectNode image, int size, Context context) {
        if (!context.has(FaultEffect.SilentFailure.class)) {
            var time = Times.text(context.now());
            var whole = image.deepCopy().put("id", account.digits + ":" + image.path("hash").asString(""))
                    .put("account_id", account.digits).put("status", "ACTIVE").put("created_time", time)
                    .put("updated_time", time);
            account.images.putIfAbsent(image.path("hash").asString(""), new Account.Image(whole, size));
        }
        return shown(image);
    }

    /** What an upload answers of an image. */
    private static ObjectNode shown(JsonNode image) {
        var shown = Json.object();
        for (var field : new String[]{ "hash", "name", "url", "width", "height" }) {
            shown.set(field, image.path(field));
        }
        return shown;
    }

    private ObjectNode copy(JsonNode source, Account account, Context context) {
        var digits = source.path("source_account_id").asString("").replaceFirst("^act_", "");
        if (Ids.number(digits) == 0) {
            throw GraphRefusal.invalid("copy_from needs a source_account_id and a hash").blaming("copy_from");
        }
        var found = world.account(digits, context.now()).images.get(source.path("hash").asString(""));
        if (found == null) {
            throw notFound("copy_from");
        }
        return store(account, found.whole(), found.bytes(), context);
    }

    static GraphRefusal notFound(String parameter) {
        return GraphRefusal.invalid(2446386, "Image not found", "The image of this hash was not found.")
                .blaming(parameter);
    }

    static ObjectNode delete(Call call, Account account, Context context) {
        var hash = call.parameters().get("hash");
        if (hash == null || !account.images.containsKey(hash)) {
            throw notFound("hash");
        }
        if (!context.has(FaultEffect.SilentFailure.class)) {
            account.images.remove(hash);
        }
        return Json.success();
    }

    /** All of an account or those of the hashes that are asked for, with the fields that are asked for, or with all. */
    ObjectNode edge(Call call, Account account, FieldSelection.Cache selections) {
        var inputs = new Inputs(call.parameters(), json);
        var wanted = inputs.list("hashes");
        var fields = inputs.text("fields");
        var selection = fields == null || fields.isEmpty() ? null : selections.of(fields);
        var answer = Json.object();
        var data = answer.putArray("data");
        if (wanted == null) {
            account.images.values().forEach(image -> data.add(selected(image.whole(), selection)));
        } else {
            for (var hash : wanted) {
                var image = account.images.get(hash.asString(""));
                if (image != null) {
                    data.add(selected(image.whole(), selection));
                }
            }
        }
        return answer;
    }

    private static ObjectNode selected(ObjectNode image, @Nullable FieldSelection selection) {
        if (selection == null) {
            return image;
        }
        var node = Json.object();
        for (var field : selection.fields()) {
            if (!NodeFields.of(ObjectKind.IMAGE).contains(field.name())) {
                throw NodeReads.unknown(field.name(), ObjectKind.IMAGE);
            }
            if (image.get(field.name()) instanceof JsonNode value) {
                node.set(field.name(), value);
            }
        }
        return node.set("id", image.path("id"));
    }
}
