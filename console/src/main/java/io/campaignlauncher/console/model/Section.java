package io.campaignlauncher.console.model;

/** The parts that the navigation leads to. */
public enum Section {
    NONE("", ""), //
    LAUNCHES("Launches", "/console");

    private final String label;
    private final String address;

    Section(String label, String address) {
        this.label = label;
        this.address = address;
    }

    public String label() {
        return label;
    }

    public String address() {
        return address;
    }

    /** Whether there is a link to it. */
    public boolean isShown() {
        return !address.isEmpty();
    }
}
