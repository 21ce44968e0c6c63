package io.campaignlauncher.simulator.core;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which tokens are good, and what one is told about them. Any token is, unless it contains {@code expired} (463) or
 * {@code invalid} (467); one that contains {@code readonly} lacks {@code ads_management}.
 */
final class Tokens {

    static final String APP_ID = "5000000001";
    static final String USER_ID = "100000000000001";

    private final @Nullable String appSecret;

    Tokens(@Nullable String appSecret) {
        this.appSecret = appSecret;
    }

    void check(Call call) {
        var token = call.token();
        if (token == null || token.isEmpty()) {
            throw GraphRefusal.of(400, 104, null, "An access token is required to request this resource.");
        }
        int subcode = subcode(token);
        if (subcode != 0) {
            throw GraphRefusal.tokenRefused(subcode);
        }
        var proof = call.parameters().get("appsecret_proof");
        if (appSecret != null && proof != null && !proofFits(token, proof)) {
            throw GraphRefusal.invalid("Invalid appsecret_proof provided in the API argument");
        }
        if (call.kind().isWrite() && token.contains("readonly")) {
            throw GraphRefusal.of(403, 200, null,
                    "(#200) Ad account owner has NOT grant ads_management or ads_read permission");
        }
    }

    private boolean proofFits(String token, String proof) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(String.valueOf(appSecret).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var expected = HexFormat.of().formatHex(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
            return MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), proof.getBytes(
                    StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 belongs to every JDK", e);
        }
    }

    private static int subcode(String token) {
        return token.contains("expired") ? 463 : token.contains("invalid") ? 467 : 0;
    }

    ObjectNode debug(Call call, Instant now) {
        var inspected = call.parameters().get("input_token");
        if (inspected == null || inspected.isEmpty()) {
            inspected = String.valueOf(call.token());
        }
        int subcode = subcode(inspected);
        var data = Json.object().put("app_id", APP_ID).put("type", "SYSTEM_USER").put("application", "Simulated app");
        data.put("is_valid", subcode == 0);
        data.put("issued_at", now.getEpochSecond() - 86_400).put("expires_at", 0).put("data_access_expires_at", 0);
        var scopes = data.putArray("scopes");
        if (!inspected.contains("readonly")) {
            scopes.add("ads_management");
        }
        scopes.add("ads_read").add("business_management").add("pages_show_list");
        if (subcode != 0) {
            var refusal = GraphRefusal.tokenRefused(subcode);
            data.putObject("error").put("code", 190).put("subcode", subcode).put("message", refusal.getMessage());
        }
        data.put("user_id", USER_ID);
        var answer = Json.object();
        answer.set("data", data);
        return answer;
    }

    ObjectNode me(Call call, GraphWorld world, AccountReads accounts, FieldSelection.Cache selections, Instant now) {
        return switch (call.edge()) {
            case "" -> Json.object().put("id", USER_ID).put("name", "Simulated user");
            case "permissions" -> permissions(String.valueOf(call.token()));
            case "adaccounts" -> {
                var fields = call.parameters().get("fields");
                var selection = fields == null ? FieldSelection.parse("account_id") : selections.of(fields);
                for (var digits : List.of("1001", "1002", "1003", "1004")) {
                    world.account(digits, now);
                }
                var answer = Json.data();
                var data = answer.withArray("data");
                world.accounts().forEach(account -> data.add(accounts.node(account, selection, now)));
                yield answer;
            }
            case "accounts" -> Json.data(AccountReads.listed(GraphWorld.PAGE, call, selections));
            default -> throw GraphRefusal.noSuchObject(call.method(), "me/" + call.edge());
        };
    }

    private static ObjectNode permissions(String token) {
        return Json.data(permission("ads_management", token.contains("readonly") ? "declined" : "granted"), permission(
                "ads_read", "granted"), permission("business_management", "granted"),
                permission("pages_show_list",
                        "granted"));
    }

    private static ObjectNode permission(String name, String status) {
        return Json.object().put("permission", name).put("status", status);
    }
}
