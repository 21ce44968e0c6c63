package io.campaignlauncher.readmodel;

/** Which of the two sets of tables is meant. */
enum Schema {
    /** The tables that people look at. */
    LIVE("public", "", ""),
    /**
     * Tables in the making, beside the live ones. A job keeps the number that people know it by; a new one gets it from the
     * live table's sequence, so that no number is ever given twice.
     */
    REBUILD("read_model_rebuild", "id, ",
            "coalesce((select live.id from public.campaign_creation_jobs live where live.job_uuid = rows.job_uuid), "
                    + "nextval(pg_get_serial_sequence('public.campaign_creation_jobs', 'id'))), ");

    private final String schemaName;
    private final String idColumn;
    private final String idOfJob;

    Schema(String schemaName, String idColumn, String idOfJob) {
        this.schemaName = schemaName;
        this.idColumn = idColumn;
        this.idOfJob = idOfJob;
    }

    String schemaName() {
        return schemaName;
    }

    String table(String name) {
        return schemaName + "." + name;
    }

    /** The id's place in the column list of an insert; empty where the table gives ids itself. */
    String idColumn() {
        return idColumn;
    }

    /** The id of a row that is inserted; empty where the table gives ids itself. */
    String idOfJob() {
        return idOfJob;
    }
}
