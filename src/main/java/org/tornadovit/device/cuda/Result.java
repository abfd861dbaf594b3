package org.tornadovit.device.cuda;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Results of the driver that users can do something about; others are told by number. */
enum Result {
    INVALID_VALUE(1, "an argument is out of range"),
    OUT_OF_MEMORY(2, "memory is exhausted: use a smaller batch or model"),
    NOT_INITIALIZED(3, "the driver does not work in a forked process: start the program again"),
    DEINITIALIZED(4, "the driver was shut down: the program is ending"),
    STUB_LIBRARY(
            34,
            "the libcuda found is the toolkit's stub: put the driver's own before it in"
                    + " LD_LIBRARY_PATH"),
    DEVICE_UNAVAILABLE(
            46, "another process has the GPU for itself: end it, or change the compute mode"),
    NO_DEVICE(100, "the driver sees no GPU: look at nvidia-smi and CUDA_VISIBLE_DEVICES"),
    INVALID_DEVICE(101, "there is no such GPU"),
    INVALID_IMAGE(200, "the module is no code that the driver takes"),
    INVALID_CONTEXT(201, "the device was closed or reset: open it again"),
    ECC_UNCORRECTABLE(214, "memory of the GPU is damaged: look at nvidia-smi, use another GPU"),
    INVALID_PTX(218, "the driver's compiler refuses the PTX"),
    UNSUPPORTED_PTX_VERSION(
            222, "the driver is older than the version of the PTX: update the driver"),
    NOT_FOUND(500, "the module has no function of that name"),
    ILLEGAL_ADDRESS(
            700,
            "a kernel used memory outside its arrays, and the device is lost to this process: start"
                    + " the program again; kernels from Java check their indices, so look at"
                    + " prebuilt tasks and libraries first"),
    LAUNCH_OUT_OF_RESOURCES(
            701, "the work-group needs more registers than there are: use a smaller group"),
    LAUNCH_TIMEOUT(
            702,
            "a kernel ran longer than the limit of a GPU that drives a display, and the device is"
                    + " lost to this process: use a smaller batch, or a GPU without a display"),
    HARDWARE_STACK_ERROR(714, "the GPU's stack failed: start the program again"),
    MISALIGNED_ADDRESS(
            716, "a kernel used a misaligned address, and the device is lost: start again"),
    LAUNCH_FAILED(
            719,
            "a kernel failed, and the device is lost to this process: start the program again"),
    SYSTEM_NOT_READY(802, "a service of the system does not run (fabric manager): start it"),
    SYSTEM_DRIVER_MISMATCH(
            803, "the driver's library and its kernel module differ: install one driver, restart"),
    UNKNOWN(999, "the driver does not say why: look at nvidia-smi and the system's log");

    /** After these the driver releases everything itself, and refuses to be asked. */
    private static final Set<Result> END =
            EnumSet.of(
                    DEINITIALIZED,
                    INVALID_CONTEXT,
                    ECC_UNCORRECTABLE,
                    ILLEGAL_ADDRESS,
                    LAUNCH_TIMEOUT,
                    HARDWARE_STACK_ERROR,
                    MISALIGNED_ADDRESS,
                    LAUNCH_FAILED);

    private final int number;
    private final String meaning;

    Result(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** {@return what the driver calls it} */
    int number() {
        return number;
    }

    /** {@return what the result means and what to do} */
    String meaning() {
        return meaning;
    }

    /** {@return whether nothing of the device can be used any more} */
    boolean isEnd() {
        return END.contains(this);
    }

    /** {@return the result of a number, if it is one of these} */
    static Optional<Result> of(int number) {
        return Arrays.stream(values()).filter(r -> r.number == number).findFirst();
    }
}
