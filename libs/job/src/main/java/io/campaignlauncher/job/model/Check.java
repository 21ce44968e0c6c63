package io.campaignlauncher.job.model;

/** One check of a pre-creation verification. @param outcome PASSED, WARNED, FAILED or NOT_REACHED */
public record Check(String name, Outcome outcome, String detail) {

    public enum Outcome { PASSED, WARNED, FAILED, NOT_REACHED }
}
