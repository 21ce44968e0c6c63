package io.campaignlauncher.console.model;

import java.util.List;

/**
 * A form that was not taken, with what it held.
 *
 * @param action where it goes to
 * @param submit what its button says
 * @param grave  whether what it does cannot be undone
 * @param back   the page that it came from
 */
public record Again(String action, String submit, boolean grave, String back, List<Field> fields) {

    /** @param type of the input; {@code textarea} for several lines */
    public record Field(String name, String label, String value, String type) {

        public boolean isHidden() {
            return type.equals("hidden");
        }
    }

    public Again {
        fields = List.copyOf(fields);
    }
}
