"""Reads exports with the libraries that their consumers use: OpenTelemetry's protobuf types, Prometheus' own parser, a CSV reader.

    python3 consumers.py otlp|prometheus|csv < export

Prints what it read as JSON; needs `opentelemetry-proto` and `prometheus_client`.
"""

import csv
import io
import json
import sys


def otlp(text):
    from google.protobuf import json_format
    from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

    request = json_format.Parse(text, ExportMetricsServiceRequest())
    found = {}
    for metric in request.resource_metrics[0].scope_metrics[0].metrics:
        points = getattr(metric, metric.WhichOneof("data")).data_points
        found[metric.name] = [getattr(point, point.WhichOneof("value")) for point in points]
    return found


def prometheus(text):
    from prometheus_client.parser import text_string_to_metric_families

    families = text_string_to_metric_families(text)
    return [[sample.name, sample.labels, sample.value] for family in families for sample in family.samples]


def table(text):
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


read = {"otlp": otlp, "prometheus": prometheus, "csv": table}[sys.argv[1]]
sys.stdin.reconfigure(encoding="utf-8", newline="")
json.dump(read(sys.stdin.read()), sys.stdout)
