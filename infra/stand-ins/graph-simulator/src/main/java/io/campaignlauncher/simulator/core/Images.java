package io.campaignlauncher.simulator.core;

import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST} and {@code DELETE /act_x/adimages}. Equal bytes have the same hash, so a repeated upload changes nothing. */
final class Images {

    private Images() {}

    static ObjectNode upload(Call call, Account account, Context context) {
        var answer = Json.object();
        var images = answer.putObject("images");
        var bytes = call.parameters().get("bytes");
        if (bytes != null) {
            byte[] decoded;
            try {
                decoded = Base64.getMimeDecoder().decode(bytes);
            } catch (IllegalArgumentException e) {
                throw GraphRefusal.invalid("Param bytes must be base64").blaming("bytes");
            }
            images.set("bytes", store(account, "bytes", decoded, context));
        }
        call.files().values().forEach(file -> images.set(file.fileName(), store(account, file.fileName(), file.bytes(),
                context)));
        if (images.isEmpty()) {
            throw GraphRefusal.invalid("An image file or bytes is required").blaming("bytes");
        }
        return answer;
    }

    private static ObjectNode store(Account account, String name, byte[] bytes, Context context) {
        if (bytes.length == 0) {
            throw GraphRefusal.invalid("The image is empty").blaming("bytes");
        }
        var hash = EntityTag.digest("MD5", bytes);
        var image = Json.object().put("id", account.digits + ":" + hash).put("hash", hash).put("name", name).put("url",
                "https://scontent.example/" + hash).put("width", 1080).put("height", 1080);
        if (!context.has(FaultEffect.SilentFailure.class)) {
            account.images.putIfAbsent(hash, image);
        }
        var shown = image.deepCopy();
        shown.remove("id");
        return shown;
    }

    static ObjectNode delete(Call call, Account account, Context context) {
        var hash = call.parameters().get("hash");
        if (hash == null || !account.images.containsKey(hash)) {
            throw GraphRefusal.invalid(2446386, "Image not found", "The image of this hash was not found.")
                    .blaming("hash");
        }
        if (!context.has(FaultEffect.SilentFailure.class)) {
            account.images.remove(hash);
        }
        return Json.success();
    }
}
