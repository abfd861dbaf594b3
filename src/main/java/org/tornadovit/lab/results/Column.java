package org.tornadovit.lab.results;

/**
 * What a row of the table says; the header carries the unit. Rates count a multiply-add (MAC) as
 * two floating-point operations.
 */
public enum Column {
    /** Device asked for. */
    DEVICE("device"),
    /** What the device calls itself. */
    DEVICE_NAME("device_name"),
    /** Model, as in the experiment. */
    MODEL("model"),
    /** pure, hybrid or resnet. */
    FAMILY("family"),
    /** Number format. */
    PRECISION("precision"),
    /** Images a forward pass. */
    BATCH("batch"),
    /** Side of the input. */
    IMAGE_SIZE("image_size_px"),
    /** ok, unstable, too few repetitions, rejected or failed. */
    STATUS("status"),
    /** Why the status is not ok. */
    REASON("reason"),
    /** Trained numbers of the model. */
    PARAMETERS("parameters"),
    /** Multiply-adds of one image, by formula. */
    GMACS_FORMULA("gmac_formula"),
    /** Multiply-adds of one image, counted over the tasks that the device ran. */
    GMACS_COUNTED("gmac_counted"),
    /** From weights in host memory to a plan that could be executed. */
    BUILD("build_ms"),
    /** First forward pass: compilation and upload of weights included. */
    FIRST_RUN("first_run_ms"),
    /** Median of a forward pass after warm-up. */
    LATENCY_MEDIAN("latency_median_ms"),
    /** Lower end of the 95 % interval of the median. */
    LATENCY_LOW("latency_low_ms"),
    /** Upper end of the 95 % interval of the median. */
    LATENCY_HIGH("latency_high_ms"),
    /** 0.9 quantile of a forward pass. */
    LATENCY_P90("latency_p90_ms"),
    /** 0.99 quantile of a forward pass. */
    LATENCY_P99("latency_p99_ms"),
    /** Standard deviation over mean of a forward pass. */
    LATENCY_CV("latency_cv"),
    /** Forward passes timed. */
    REPETITIONS("repetitions"),
    /** Passes before those that count. */
    WARM_UP("warm_up_passes"),
    /** Share of the host's processor time that other processes took while the passes ran. */
    OTHER_LOAD("other_load"),
    /** precise, repetitions, time or hopeless: why no more were timed. */
    STOPPED_BY("stopped_by"),
    /** Batch over the median. */
    IMAGES_PER_SECOND("images_per_s"),
    /** Twice the counted MACs over the median. */
    RATE("gflop_per_s"),
    /** Best rate the device reached in this run's loops of multiply-adds. */
    CEILING("ceiling_gflop_per_s"),
    /** Rate over ceiling. */
    CEILING_FRACTION("ceiling_fraction"),
    /** Best rate of a copy in this run, bytes read plus bytes written. */
    COPY_RATE("copy_gb_per_s"),
    /** Share of time before the first encoder block. */
    STEM_TIME("stem_time_fraction"),
    /** Share of MACs before the first encoder block. */
    STEM_MACS("stem_mac_fraction"),
    /** Greatest difference of logits from the reference device over the largest logit there. */
    PARITY("parity_error"),
    /** Greatest resident memory of the process during the cell. */
    PEAK_RESIDENT("peak_resident_mib"),
    /** Memory the plan holds on the device. */
    DEVICE_MEMORY("device_memory_mib"),
    /** Energy of one image. */
    ENERGY("energy_j_per_image"),
    /** few-shot or top-k. */
    ACCURACY_METHOD("accuracy_method"),
    /** Share of test images whose class is found. */
    TOP1("top1"),
    /** Lower end of the exact 95 % interval of top1. */
    TOP1_LOW("top1_low"),
    /** Upper end of the exact 95 % interval of top1. */
    TOP1_HIGH("top1_high"),
    /** Share of test images whose class is among the five greatest logits. */
    TOP5("top5"),
    /** Test images. */
    TEST_IMAGES("test_images"),
    /** Strength of regularisation chosen on held-out images. */
    L2("l2"),
    /** random:SEED or sha256:DIGEST of the checkpoint. */
    WEIGHTS("weights"),
    /** Digest of the labelled images. */
    DATA("data"),
    /** Clock of the first processor core after the measurement. */
    CLOCK("clock_mhz"),
    /** Hottest sensor after the measurement. */
    TEMPERATURE("temperature_c"),
    /** Driver of the device. */
    DRIVER("driver"),
    /** Version of the program. */
    COMMIT("commit");

    private final String header;

    Column(String header) {
        this.header = header;
    }

    /** {@return the name in files, with the unit} */
    public String header() {
        return header;
    }
}
