from django.urls import path

from phoihop.accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.sign_in, name="sign_in"),
    path("dang-xuat/", views.sign_out, name="sign_out"),
    path("dang-nhap/trinh-dien/", views.demo_sign_in, name="demo_sign_in"),
]
