"""Addresses of the pages, and what is read of them."""

from django.test import Client

from phoihop.assignments.models import Assignment

LIST, OVERDUE = "/nhiem-vu/", "/nhiem-vu/qua-han/"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def page(task: Assignment) -> str:
    return f"/nhiem-vu/{task.pk}/"


def fresh(task: Assignment) -> Assignment:
    return Assignment.objects.get(pk=task.pk)


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()
