package io.campaignlauncher.schemas;

import java.util.List;

/**
 * A schema as it was released, for whoever reads records without this jar.
 *
 * @param name        of the message, as in {@code ce_type}
 * @param version     from 1
 * @param fingerprint 16 hexadecimal digits, in the order in which its bytes stand in a record
 * @param text        JSON
 */
public record ReleasedSchema(String name, int version, String fingerprint, String text) {

    /** Every one there is, each name's in the order of their versions. */
    public static List<ReleasedSchema> all() {
        return ReleasedSchemas.all();
    }
}
