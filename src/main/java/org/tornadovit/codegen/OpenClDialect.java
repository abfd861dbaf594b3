package org.tornadovit.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tornadovit.device.FpgaVendor;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Kernel;

/**
 * What a kernel in OpenCL C says beside what it does, by those who read it. Texts are empty where
 * there is no way to say it; {@code %d} stands for a number, {@code %s} for an array.
 *
 * @param isOffline whether kernels become circuits before the program runs: then those of loops are
 *     of one work-item, all have fixed groups, and their names tell their text
 * @param attributes what is said of every kernel
 * @param oneItem what is said of kernels of one work-item
 * @param restrict what is said of pointers, each of which leads to memory of its own
 * @param unrolled that a loop has so many iterations side by side
 * @param pipelined that an iteration starts before the one before it has ended
 * @param everyCycle that one starts in each cycle, which a compiler has to keep or to refuse
 * @param apart that no iteration touches what another one writes to the array
 * @see <a href="https://www.intel.com/content/www/us/en/docs/programmable/683846/">Intel FPGA SDK
 *     for OpenCL, Programming Guide</a>
 * @see <a href="https://docs.amd.com/r/2021.2-English/ug1393-vitis-application-acceleration">AMD,
 *     UG1393, OpenCL Attributes</a>
 */
record OpenClDialect(
        boolean isOffline,
        List<String> attributes,
        List<String> oneItem,
        String restrict,
        String unrolled,
        String pipelined,
        String everyCycle,
        String apart) {
    /** For drivers, which know their device. */
    static final OpenClDialect PLAIN =
            new OpenClDialect(false, List.of(), List.of(), "", "#pragma unroll", "", "", "");

    private static final OpenClDialect INTEL =
            new OpenClDialect(
                    true,
                    List.of("uses_global_work_offset(0)"),
                    List.of("max_global_work_dim(0)"),
                    "restrict ",
                    "#pragma unroll %d",
                    "",
                    "#pragma ii 1",
                    "#pragma ivdep array(%s)");

    private static final OpenClDialect AMD =
            new OpenClDialect(
                    true,
                    List.of("xcl_zero_global_work_offset"),
                    List.of(),
                    "restrict ",
                    "__attribute__((opencl_unroll_hint(%d)))",
                    "__attribute__((xcl_pipeline_loop(1)))",
                    "",
                    "");

    OpenClDialect {
        attributes = List.copyOf(attributes);
        oneItem = List.copyOf(oneItem);
    }

    /** {@return what the tools of a vendor of FPGAs read} */
    static OpenClDialect of(FpgaVendor vendor) {
        return switch (vendor) {
            case INTEL -> INTEL;
            case AMD -> AMD;
        };
    }

    /** {@return whether a kernel is one work-item} */
    boolean isOneItem(Kernel kernel) {
        return isOffline && kernel.form() == Kernel.Form.LOOPS;
    }

    /** {@return what stands between {@code __kernel} and {@code void}} */
    String attributes(Kernel kernel, Optional<Range> range) {
        if (!isOffline) {
            return " ";
        }
        List<String> all = new ArrayList<>();
        if (isOneItem(kernel)) {
            all.add("reqd_work_group_size(1, 1, 1)");
            all.addAll(oneItem);
        } else {
            range.filter(r -> r.groupX() > 0 && r.groupY() > 0 && r.groupZ() > 0)
                    .map(r ->
                            "reqd_work_group_size(%d, %d, %d)"
                                    .formatted(r.groupX(), r.groupY(), r.groupZ()))
                    .ifPresent(all::add);
        }
        all.addAll(attributes);
        StringBuilder text = new StringBuilder("\n");
        all.forEach(a -> text.append("__attribute__((").append(a).append("))\n"));
        return text.toString();
    }
}
