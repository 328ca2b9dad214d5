package org.vaetf.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.vaetf.base.Json;
import org.vaetf.base.Version;
import org.vaetf.export.Manifest;
import org.vaetf.export.SavedModelVae;
import org.vaetf.tf.CudaLibrary;
import org.vaetf.tf.Devices;
import org.vaetf.tf.Natives;

/** Tells what is at work. */
final class InfoCommand implements Command {

  @Override
  public String name() {
    return "info";
  }

  @Override
  public String operands() {
    return TrainedModel.OPERAND;
  }

  @Override
  public String summary() {
    return "Tell the versions of library, TensorFlow and Java, the devices, and of a run or model all"
        + " that it says of itself.";
  }

  @Override
  public String example() {
    return "java -jar vae-tf.jar info runs/first";
  }

  @Override
  public List<CliOption> options() {
    return List.of(CliOption.MODEL, CliOption.TRUST, CliOption.JSON);
  }

  @Override
  public void run(Arguments arguments, Console console) {
    console.prepareTensorFlow();
    Manifest manifest = null;
    if (arguments.model().isPresent()) {
      try (SavedModelVae vae = TrainedModel.load(arguments, console)) {
        manifest = vae.manifest();
      }
    }
    List<Devices.Entry> devices = Devices.list();
    if (arguments.has(CliOption.JSON)) {
      console.print(json(devices, manifest));
      return;
    }
    console.print("vae-tf      " + Version.library());
    console.print("TensorFlow  " + Devices.tensorFlowVersion() + cuda());
    console.print("natives     " + Natives.folder());
    console.print("Java        " + java());
    console.print("system      " + system());
    devices.forEach(
        device ->
            console.print(
                String.format(Locale.ROOT, "device      %s (%s)", device.type(), device.name())));
    if (Devices.cudaNatives()) {
      cudaLibraries().forEach(console::print);
    }
    if (manifest != null) {
      console.print("model       " + TrainedModel.path(arguments));
      console.print("sampler     " + sampler(manifest));
      console.print(Json.write(manifest));
    }
  }

  private static String json(List<Devices.Entry> devices, Manifest manifest) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("vae_tf", Version.library());
    values.put("tensorflow", Devices.tensorFlowVersion());
    values.put("cuda", Devices.cudaNatives());
    if (Devices.cudaNatives()) {
      values.put("cuda_libraries", CudaLibrary.all().stream().map(InfoCommand::json).toList());
    }
    values.put("natives", Natives.folder());
    values.put("java", java());
    values.put("system", system());
    values.put("devices", devices);
    if (manifest != null) {
      values.put("model", manifest);
    }
    return Json.write(values);
  }

  private static String sampler(Manifest manifest) {
    return manifest.sampler() == null
        ? "the model's own prior"
        : printable(manifest.sampler().kind() + ", fitted to " + manifest.sampler().data());
  }

  /** A stranger's manifest may hold what a terminal would obey. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "\uFFFD");
  }

  /** What TensorFlow needs for a GPU, what there is of it, and what brings the rest. */
  private static List<String> cudaLibraries() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "driver      " + version(CudaLibrary.DRIVER, "for CUDA up to ", CudaLibrary::cudaVersion));
    lines.add(
        "CUDA        needs 12, " + version(CudaLibrary.RUNTIME, "has ", CudaLibrary::cudaVersion));
    lines.add(
        "cuDNN       needs 9, " + version(CudaLibrary.CUDNN, "has ", CudaLibrary::cudnnVersion));
    for (CudaLibrary library : CudaLibrary.missing()) {
      lines.add("missing     " + library + " of " + library.product() + ": " + library.packages());
    }
    return lines;
  }

  private static String version(CudaLibrary library, String has, IntFunction<String> written) {
    OptionalInt version = library.found();
    return version.isPresent() ? has + written.apply(version.getAsInt()) : "none found";
  }

  private static Map<String, Object> json(CudaLibrary library) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("file", library.file());
    values.put("product", library.product());
    OptionalInt version = library.found();
    values.put("found", version.isPresent());
    values.put("version", version.orElse(0));
    values.put("debian_package", library.debianPackage());
    values.put("python_package", library.pythonPackage());
    return values;
  }

  private static String cuda() {
    return Devices.cudaNatives() ? " with CUDA" : " without CUDA";
  }

  private static String java() {
    return Runtime.version() + " (" + System.getProperty("java.vm.name") + ")";
  }

  private static String system() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " processors";
  }
}
