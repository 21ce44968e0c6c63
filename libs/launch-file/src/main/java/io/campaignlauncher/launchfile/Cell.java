package io.campaignlauncher.launchfile;

/** A cell that is not blank. */
record Cell(String text, Reading reading) {

    boolean says(String value) {
        return reading instanceof Reading.Value(var json) && json.isString() && json.stringValue().equals(value);
    }

    boolean hasValue() {
        return reading instanceof Reading.Value;
    }
}
